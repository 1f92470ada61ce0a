using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.Operations.Tests.Updates;

/// <summary>A driver that tells of each write when it is done, one after the other.</summary>
internal sealed class RecordingDriver(IStoreDriver inner) : StoreLayer(inner)
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Is told the key of each object that was written or deleted.</summary>
    public Func<string, Task> AfterWrite { get; set; } = static _ => Task.CompletedTask;

    /// <summary>What was asked of the store: a word and a key each.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = [];

    // Features of the store inside would go past this driver.
    public override TFeature? As<TFeature>()
        where TFeature : class => null;

    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"stat {key}");
        return base.StatAsync(key, cancellationToken);
    }

    public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"read {key}");
        return base.OpenReadAsync(key, cancellationToken);
    }

    public override IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"list {prefix}");
        return base.ListAsync(prefix, depth, cancellationToken);
    }

    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        Requests.Enqueue($"put {key}");
        return WriteAsync(key, () => base.PutAsync(key, body, condition, cancellationToken));
    }

    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        Requests.Enqueue($"delete {key}");
        return WriteAsync(key, () => base.DeleteAsync(key, condition, cancellationToken));
    }

    private async ValueTask<WriteOutcome> WriteAsync(string key, Func<ValueTask<WriteOutcome>> write)
    {
        await _one.WaitAsync();
        try
        {
            var outcome = await write();
            await AfterWrite(key);
            return outcome;
        }
        finally
        {
            _one.Release();
        }
    }
}
