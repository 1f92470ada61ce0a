using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Secrets;
using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>
/// Writes objects: one request for what a Secret can hold; for more, the parts first and then the Secret that names them.
/// </summary>
internal sealed class SecretWriter(KubernetesNamespace space)
{
    /// <summary>How often an unconditional write gives way to others that were quicker.</summary>
    private const int MaxRounds = 50;
    private readonly PartUpload _parts = new(space);

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (KubernetesNamespace.Validate(key) is { } problem)
            throw space.Errors.Wrong("write", key, problem);
        if (condition.Kind is WriteConditionKind.IfMatch && SecretVersion.Parse(condition.Version) is null)
            return WriteOutcome.Conflict;
        if (body.Bytes is { } bytes && bytes.Length <= space.Options.PartSize)
            return await PutAsync(key, new SecretContent(bytes.Length, bytes, null), condition, cancellationToken).ConfigureAwait(false);

        var stream = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var parts = new PartReader(stream, space.Options.PartSize, body.Length, space.Errors.PathOf(key));
            var buffer = parts.NewBuffer();
            var first = await parts.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (parts.IsAtEnd)
                return await PutAsync(key, new SecretContent(first.Length, first, null), condition, cancellationToken)
                    .ConfigureAwait(false);
            var content = await _parts.WriteAsync(key, buffer, parts, cancellationToken).ConfigureAwait(false);
            return await PutPartsAsync(key, content, condition, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<WriteOutcome> PutPartsAsync(
        string key,
        SecretContent content,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        WriteOutcome outcome;
        try
        {
            outcome = await PutAsync(key, content, condition, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Where nobody knows whether the object names the parts, they stay; a sweep finds out.
            if (
                e is StoreException
                {
                    Kind: StoreErrorKind.PermissionDenied
                        or StoreErrorKind.QuotaExceeded
                        or StoreErrorKind.InvalidArgument
                        or StoreErrorKind.StoreNotFound
                }
            )
                await _parts.RemoveAsync(key, content.Parts!.Id).ConfigureAwait(false);
            throw;
        }

        if (outcome.Succeeded)
            await _parts.SweepAsync(key, content.Parts!.Id, cancellationToken).ConfigureAwait(false);
        else
            await _parts.RemoveAsync(key, content.Parts!.Id).ConfigureAwait(false);
        return outcome;
    }

    private async ValueTask<WriteOutcome> PutAsync(
        string key,
        SecretContent content,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is not WriteConditionKind.Any)
            return await PutHeadAsync(key, content, condition, false, cancellationToken).ConfigureAwait(false);
        // The parts of what is replaced must be known, so an unconditional write replaces what it has seen.
        var seen = WriteCondition.IfAbsent;
        for (var round = 0; round < MaxRounds; round++)
        {
            var outcome = await PutHeadAsync(key, content, seen.Marked(condition.Mark), true, cancellationToken).ConfigureAwait(false);
            if (outcome.Succeeded)
                return outcome;
            seen = WriteCondition.Unchanged((await space.FindAsync("write", key, cancellationToken).ConfigureAwait(false))?.Info.Version);
        }

        throw new StoreException(
            StoreErrorKind.Unavailable,
            "write",
            space.Errors.PathOf(key),
            $"others changed it {MaxRounds} times in a row; try again later",
            isTransient: true
        );
    }

    private async ValueTask<WriteOutcome> PutHeadAsync(
        string key,
        SecretContent content,
        WriteCondition condition,
        bool unconditional,
        CancellationToken cancellationToken
    )
    {
        var replaced = condition.Kind is WriteConditionKind.IfMatch ? SecretVersion.Parse(condition.Version) : null;
        var mark = WriteMark.New(condition);
        var body = SecretJson.Object(key, replaced?.Resource, mark, content, space.Clock.GetUtcNow());
        var request = replaced is null
            ? KubeRequests.Post(space.Secrets(), body)
            : KubeRequests.Put(space.Secret(SecretNames.Of(key)), body);
        var answer = await space.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var outcome = await SettleAsync(key, condition, mark, unconditional, answer, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded && replaced?.Set is { } garbage)
            await _parts.RemoveAsync(key, garbage).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
    /// <param name="key">The object that was written.</param>
    /// <param name="condition">What it was conditioned on.</param>
    /// <param name="mark">The mark that it left.</param>
    /// <param name="unconditional">Whether the write may replace another version just as well: then it is never unknown how it ended, since
    /// it can be repeated.</param>
    /// <param name="answer">What came of it. Disposed here.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    private async ValueTask<WriteOutcome> SettleAsync(
        string key,
        WriteCondition condition,
        WriteMark mark,
        bool unconditional,
        RestAnswer answer,
        CancellationToken cancellationToken
    )
    {
        using (answer)
        {
            if (answer.Response is { } response)
            {
                using var json = await space.ReadAsync("write", key, response, cancellationToken).ConfigureAwait(false);
                return SecretObject.Read(json.RootElement) is { } written
                    ? WriteOutcome.Written(written.Info.Version!.Value)
                    : throw space.Errors.Malformed("write", key, new InvalidDataException("it describes no Secret of ours"));
            }

            // To replace what is not there is a conflict; in a namespace that is not there it is a mistake.
            var isGone =
                answer.Failure is KubeFailure { IsAbsence: true, IsNamespaceAbsence: false }
                && condition.Kind is WriteConditionKind.IfMatch;
            if (isGone && answer.Lost is null)
                await space.RequireAsync("write", key, cancellationToken).ConfigureAwait(false);
            var failed = FailedWrite.Of(
                space.Errors,
                "write",
                key,
                condition,
                mark,
                answer,
                "create and update",
                async token => (await space.FindAsync("write", key, token).ConfigureAwait(false))?.Marked
            );
            failed = failed with { IsRefused = failed.IsRefused || isGone, UnknownIsConflict = unconditional };
            return await (unconditional && !failed.IsRefused ? failed with { Lost = null } : failed)
                .SettleAsync(cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
