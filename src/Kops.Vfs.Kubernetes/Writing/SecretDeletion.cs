using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>Deletes objects, and then their parts.</summary>
internal sealed class SecretDeletion(KubernetesNamespace space)
{
    private const int MaxRounds = 50;
    private readonly PartUpload _parts = new(space);

    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (KubernetesNamespace.Validate(key) is not null)
            return WriteOutcome.Absent;
        if (condition.Kind is WriteConditionKind.IfMatch)
        {
            if (SecretVersion.Parse(condition.Version) is { } version)
                return await DeleteAsync(key, version, cancellationToken).ConfigureAwait(false);
            return await FindAsync(key, cancellationToken).ConfigureAwait(false) is null ? WriteOutcome.Absent : WriteOutcome.Conflict;
        }

        // The parts of what is deleted must be known, so what goes is what was seen.
        for (var round = 0; round < MaxRounds; round++)
        {
            if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } found)
                return WriteOutcome.Absent;
            var outcome = await DeleteAsync(key, SecretVersion.Parse(found.Info.Version!.Value)!.Value, cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Succeeded)
                return outcome;
        }

        throw new StoreException(
            StoreErrorKind.Unavailable,
            "delete",
            space.Errors.PathOf(key),
            $"others changed it {MaxRounds} times in a row; try again later",
            isTransient: true
        );
    }

    private async ValueTask<WriteOutcome> DeleteAsync(string key, SecretVersion version, CancellationToken cancellationToken)
    {
        var request = KubeRequests.Delete(space.Secret(SecretNames.Of(key)), SecretJson.DeleteOptions(version.Resource));
        using var answer = await space.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var gone = answer.Response is not null;
        if (answer.Failure is { } failure)
        {
            if (failure.IsRefusal && answer.Lost is null)
                return WriteOutcome.Conflict;
            if (failure.IsRefusal)
            {
                // It may be the version that we deleted, made anew, or a newer one that we did not.
                return await FindAsync(key, cancellationToken).ConfigureAwait(false) is null
                    ? WriteOutcome.Deleted
                    : throw FailedWrite
                        .Of(space.Errors, "delete", key, WriteCondition.Any, null, answer, string.Empty, _ => default)
                        .Unknown();
            }

            if (!failure.IsAbsence)
                throw space.Errors.Wrap("delete", key, failure, "delete");
            await space.RequireAsync("delete", key, cancellationToken).ConfigureAwait(false);
            gone = answer.Lost is not null;
        }

        if (gone && version.Set is { } set)
        {
            await _parts.RemoveAsync(key, set).ConfigureAwait(false);
            await _parts.SweepAsync(key, null, cancellationToken).ConfigureAwait(false);
        }

        return gone ? WriteOutcome.Deleted : WriteOutcome.Absent;
    }

    private ValueTask<SecretObject?> FindAsync(string key, CancellationToken cancellationToken) =>
        space.FindAsync("delete", key, cancellationToken);
}
