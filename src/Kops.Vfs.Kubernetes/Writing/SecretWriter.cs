using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>
/// Writes objects: one request for what a Secret can hold; for more, the parts first and then the Secret that names them.
/// </summary>
internal sealed class SecretWriter(KubernetesNamespace space)
{
    /// <summary>How often an unconditional write gives way to others that were quicker.</summary>
    private const int MaxRounds = 50;
    private readonly ConditionalWrite _conditional = new(space);
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
            throw new StoreException(StoreErrorKind.InvalidArgument, "write", space.Errors.PathOf(key), problem);
        if (condition.Kind is WriteConditionKind.IfMatch && SecretVersion.Parse(condition.Version) is null)
            return WriteOutcome.Conflict;
        if (body.Bytes is { } bytes && bytes.Length <= space.Options.PartSize)
            return await PutAsync(key, new SecretContent(bytes.Length, bytes, null), condition, cancellationToken).ConfigureAwait(false);

        var stream = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var parts = new PartReader(stream, space.Options.PartSize);
            var first = await parts.NextAsync(cancellationToken).ConfigureAwait(false);
            var second = first.Length < space.Options.PartSize ? default : await parts.NextAsync(cancellationToken).ConfigureAwait(false);
            if (second.IsEmpty)
            {
                if (body.Length is { } length && length != first.Length)
                    throw space.Errors.LengthDiffers(key, length, first.Length);
                return await PutAsync(key, new SecretContent(first.Length, first, null), condition, cancellationToken)
                    .ConfigureAwait(false);
            }

            var content = await _parts.WriteAsync(key, first, second, parts, body.Length, cancellationToken).ConfigureAwait(false);
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
            var outcome = await PutHeadAsync(key, content, seen, true, cancellationToken).ConfigureAwait(false);
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
        var request = replaced is null ? KubeRequest.Post(space.Secrets(), body) : KubeRequest.Put(space.Secret(SecretNames.Of(key)), body);
        var answer = await space.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var outcome = await _conditional.SettleAsync(key, condition, mark, unconditional, answer, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded && replaced?.Set is { } garbage)
            await _parts.RemoveAsync(key, garbage).ConfigureAwait(false);
        return outcome;
    }
}
