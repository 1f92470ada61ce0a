using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.Vfs.Conformance.Faults;

/// <summary>A store on a bad day: answers get lost, servers are busy, connections break. What happens is drawn from a seed.</summary>
public sealed class FaultLayer(IStoreDriver inner, FaultOptions options) : StoreLayer(inner)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(options.Seed);
    private int _inARow;
    private int _faults;

    /// <summary>Faults so far.</summary>
    public int Faults => Volatile.Read(ref _faults);

    /// <inheritdoc/>
    public override async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        await BeforeAsync("read", key, cancellationToken);
        return await Inner.StatAsync(key, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        await BeforeAsync("read", key, cancellationToken);
        var reader = await Inner.OpenReadAsync(key, cancellationToken);
        if (reader is null || !Happens(options.Truncation))
            return reader;
        return new ObjectReader(
            reader.Info,
            new BreakingStream(reader.Content, Next(reader.Info.Size + 1), () => Error("read", key, "the connection broke"))
        );
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        await BeforeAsync("write", key, cancellationToken);
        if (Happens(options.TryAgain))
            throw Error("write", key, "another conditional request is under way; try again", StoreErrorKind.Throttled);
        var outcome = await Inner.PutAsync(key, body, condition, cancellationToken);
        return Happens(options.LostAnswer) ? throw Error("write", key, "the answer was lost") : outcome;
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.IfAbsent)
            await BeforeAsync("delete", key, cancellationToken);
        var outcome = await Inner.DeleteAsync(key, condition, cancellationToken);
        return Happens(options.LostAnswer) ? throw Error("delete", key, "the answer was lost") : outcome;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await BeforeAsync("list", prefix, cancellationToken);
        var left = Happens(options.Truncation) ? Next(20) : long.MaxValue;
        await foreach (var entry in Inner.ListAsync(prefix, depth, cancellationToken))
        {
            if (left-- == 0)
                throw Error("list", prefix, "the connection broke");
            yield return entry;
        }
    }

    private static StoreException Error(string operation, string key, string detail, StoreErrorKind kind = StoreErrorKind.Unavailable) =>
        new(kind, operation, key, detail, isTransient: true);

    private async ValueTask BeforeAsync(string operation, string key, CancellationToken cancellationToken)
    {
        if (options.MaxDelay > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromTicks(Next(options.MaxDelay.Ticks + 1)), cancellationToken);
        if (Happens(options.Unavailable))
            throw Error(operation, key, "the server is busy (503)");
    }

    private long Next(long bound)
    {
        lock (_gate)
            return _random.NextInt64(bound);
    }

    private bool Happens(double share)
    {
        lock (_gate)
        {
            if (_random.NextDouble() >= share || _inARow >= options.MaxInARow)
            {
                // Only a draw that could have been a fault ends a row of them.
                if (share > 0)
                    _inARow = 0;
                return false;
            }

            _inARow++;
            _faults++;
            return true;
        }
    }
}
