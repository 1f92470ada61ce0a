using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Tests.Layers.Lock;

/// <summary>
/// A store as bad as Swift: it looks at a condition first, and writes some time after. It notices when two write at once.
/// </summary>
internal sealed class RacyStore(IStoreDriver inner, RacyStore.Shared shared, TimeSpan slowest) : StoreLayer(inner)
{
    /// <summary>What all clients of one store have in common.</summary>
    internal sealed class Shared
    {
        internal int Writing;
        internal int Overlaps;
        internal int Claims;
    }

    public override StoreCapabilities Capabilities =>
        Inner.Capabilities with
        {
            ConditionalCreate = false,
            ConditionalReplace = false,
            ConditionalDelete = false,
        };

    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        // Tickets are written at any time, by anybody.
        if (key.StartsWith(LockLayer.QueuePrefix, StringComparison.Ordinal))
            return await Inner.PutAsync(key, body, condition, cancellationToken);
        var isLock = key == LockLayer.Key;
        if (isLock)
            Interlocked.Increment(ref shared.Claims);
        else if (Interlocked.Increment(ref shared.Writing) > 1)
            Interlocked.Increment(ref shared.Overlaps);
        try
        {
            var found = await Inner.StatAsync(key, cancellationToken);
            if (condition.Kind is WriteConditionKind.IfAbsent && found is not null)
                return WriteOutcome.Conflict;
            if (condition.Kind is WriteConditionKind.IfMatch && found?.Version != condition.Version)
                return WriteOutcome.Conflict;
            await Task.Delay(isLock ? slowest * Random.Shared.NextDouble() : TimeSpan.FromMilliseconds(1), CancellationToken.None);
            // A claim that was given up can still arrive.
            return await Inner.PutAsync(
                key,
                body,
                WriteCondition.Any.Marked(condition.Mark),
                isLock ? CancellationToken.None : cancellationToken
            );
        }
        finally
        {
            if (!isLock)
                Interlocked.Decrement(ref shared.Writing);
        }
    }

    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (
            condition.Kind is WriteConditionKind.IfMatch
            && await Inner.StatAsync(key, cancellationToken) is { } found
            && found.Version != condition.Version
        )
            return WriteOutcome.Conflict;
        return await Inner.DeleteAsync(
            key,
            condition.Kind is WriteConditionKind.IfAbsent ? condition : WriteCondition.Any,
            cancellationToken
        );
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
