using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Tests.Support;

/// <summary>
/// A driver of a process that dies: after so many calls, before or after the last of them took effect, every call throws. It counts calls
/// by
/// kind as well, for tests of how much is requested.
/// </summary>
internal sealed class CrashDriver(IStoreDriver inner, int callsToLive = int.MaxValue, bool lastCallTakesEffect = true) : IStoreDriver
{
    private int _calls;

    public int Calls => _calls;

    public int Stats { get; private set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public int Deletes { get; private set; }

    public int Listings { get; private set; }

    public StoreCapabilities Capabilities => inner.Capabilities;

    /// <summary>Called before each write, with its key.</summary>
    public Func<string, Task>? BeforeWrite { get; set; }

    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        lock (inner)
            Stats++;
        return await LiveAsync(() => inner.StatAsync(key, cancellationToken));
    }

    public async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        lock (inner)
            Reads++;
        return await LiveAsync(() => inner.OpenReadAsync(key, cancellationToken));
    }

    public async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        lock (inner)
            Writes++;
        if (BeforeWrite is { } hook)
            await hook(key);
        return await LiveAsync(() => inner.PutAsync(key, body, condition, cancellationToken));
    }

    public async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        lock (inner)
            Deletes++;
        if (BeforeWrite is { } hook)
            await hook(key);
        return await LiveAsync(() => inner.DeleteAsync(key, condition, cancellationToken));
    }

    public async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        lock (inner)
            Listings++;
        await LiveAsync(() => ValueTask.FromResult(true));
        await foreach (var entry in inner.ListAsync(prefix, depth, cancellationToken))
            yield return entry;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<T> LiveAsync<T>(Func<ValueTask<T>> call)
    {
        var number = Interlocked.Increment(ref _calls);
        if (number > callsToLive)
            throw new CrashException();
        if (number < callsToLive)
            return await call();
        if (lastCallTakesEffect)
            await call();
        throw new CrashException();
    }
}
