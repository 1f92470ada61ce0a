using System.Security.Cryptography;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Layers.Check;

/// <summary>
/// Looks at the object before a conditional write, and writes without a condition: for a server that ignores conditions. Look and write are
/// two steps, which <see cref="LockLayer"/> around it makes one.
/// </summary>
/// <remarks>
/// Such a server may also give two writes one version, where that is the time. The lock object has its content for a version here, since no
/// two claims are
/// alike; and what is written over gets a new version, or is written again.
/// </remarks>
internal sealed class LookLayer(IStoreDriver inner, TimeProvider clock) : StoreLayer(inner)
{
    private const int MaxAgain = 10;

    public override StoreCapabilities Capabilities =>
        Inner.Capabilities with
        {
            ConditionalCreate = false,
            ConditionalReplace = false,
            ConditionalDelete = false,
        };

    public override async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        if (key != LockLayer.Key)
            return await Inner.StatAsync(key, cancellationToken).ConfigureAwait(false);
        return await Inner.ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } claim
            ? claim.Info with
            {
                Version = VersionOf(claim.Bytes.Span),
            }
            : null;
    }

    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (
            condition.Kind is not WriteConditionKind.Any
            && !Holds(condition, await StatAsync(key, cancellationToken).ConfigureAwait(false))
        )
            return WriteOutcome.Conflict;
        var written = await Inner.PutAsync(key, body, WriteCondition.Any.Marked(condition.Mark), cancellationToken).ConfigureAwait(false);
        if (key == LockLayer.Key && written.Succeeded && body.Bytes is { } claim)
            return WriteOutcome.Written(VersionOf(claim.Span));
        for (
            var again = 0;
            again < MaxAgain
                && condition.Kind is WriteConditionKind.IfMatch
                && written.Version == condition.Version
                && body.Bytes is not null;
            again++
        )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1 << again), clock, cancellationToken).ConfigureAwait(false);
            written = await Inner.PutAsync(key, body, WriteCondition.Any.Marked(condition.Mark), cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfMatch)
        {
            if (await StatAsync(key, cancellationToken).ConfigureAwait(false) is not { } found)
                return WriteOutcome.Absent;
            if (found.Version != condition.Version)
                return WriteOutcome.Conflict;
        }

        return await Inner
            .DeleteAsync(key, condition.Kind is WriteConditionKind.IfAbsent ? condition : WriteCondition.Any, cancellationToken)
            .ConfigureAwait(false);
    }

    public override async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        condition.Kind is WriteConditionKind.Any || Holds(condition, await StatAsync(target, cancellationToken).ConfigureAwait(false))
            ? await base.CopyAsync(source, target, WriteCondition.Any.Marked(condition.Mark), cancellationToken).ConfigureAwait(false)
            : WriteOutcome.Conflict;

    private static bool Holds(WriteCondition condition, ObjectInfo? found) =>
        condition.Kind is WriteConditionKind.IfAbsent ? found is null : found?.Version == condition.Version;

    private static ObjectVersion VersionOf(ReadOnlySpan<byte> claim) => new(Convert.ToHexStringLower(SHA256.HashData(claim)));
}
