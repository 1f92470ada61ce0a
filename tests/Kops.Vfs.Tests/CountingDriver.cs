using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;

namespace Kops.Vfs.Tests;

/// <summary>Counts requests, and does what a test wants before or instead of each.</summary>
internal sealed class CountingDriver(IStoreDriver inner) : StoreLayer(inner)
{
    private readonly List<string> _requests = [];
    private readonly Lock _gate = new();

    /// <summary>The requests so far: <c>put a</c>, <c>read a</c>.</summary>
    public string[] Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    /// <summary>Called with the number of the put (from 1) and what does it; gives the answer.</summary>
    public Func<int, Func<Task<WriteOutcome>>, Task<WriteOutcome>>? OnPut { get; set; }

    /// <summary>The same for deletes.</summary>
    public Func<int, Func<Task<WriteOutcome>>, Task<WriteOutcome>>? OnDelete { get; set; }

    /// <summary>Called with the key before each read.</summary>
    public Func<string, Task>? OnRead { get; set; }

    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        Note("stat", key);
        return base.StatAsync(key, cancellationToken);
    }

    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        Note("read", key);
        if (OnRead is not null)
            await OnRead(key);
        return await base.OpenReadAsync(key, cancellationToken);
    }

    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        Task<WriteOutcome> Put() => base.PutAsync(key, body, condition, cancellationToken).AsTask();
        var number = Note("put", key);
        return OnPut is null ? await Put() : await OnPut(number, Put);
    }

    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        Task<WriteOutcome> Delete() => base.DeleteAsync(key, condition, cancellationToken).AsTask();
        var number = Note("delete", key);
        return OnDelete is null ? await Delete() : await OnDelete(number, Delete);
    }

    private int Note(string verb, string key)
    {
        lock (_gate)
        {
            _requests.Add($"{verb} {key}");
            return _requests.Count(request => request.StartsWith(verb, StringComparison.Ordinal));
        }
    }
}
