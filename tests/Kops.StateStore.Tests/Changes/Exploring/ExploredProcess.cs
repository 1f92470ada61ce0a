using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// A process that uses a store through the real classes. It stops before each call to the store, until the scheduler says how the call
/// ends: so all that it does in between is one step. It is its own driver.
/// </summary>
internal sealed class ExploredProcess : IStoreDriver
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly ExploredStore _store;
    private readonly int _number;
    private readonly XxHash64 _seen = new();
    private TaskCompletionSource<CallEnd>? _gate;
    private Func<string>? _effect;
    private int _names;
    private string _pendingWhenAsleep = string.Empty;

    public ExploredProcess(ExploredStore store, int number, JournalOptions options)
    {
        (_store, _number) = (store, number);
        var root = new Store("memfs://state", this).Root;
        var stores = new StoreRegistry().Add(
            "memfs",
            path => path.Length > "memfs://state".Length ? root.Join(path["memfs://state/".Length..]) : root
        );
        State = new ClusterStore(
            root,
            stores,
            Clock,
            new ChangeAuthor($"user{number}", "host", "kops test", "kops 0"),
            null,
            options with
            {
                Poll = Poll,
                Width = 1,
                NewName = () => $"{_number:x8}{_names++:x24}",
            }
        );
    }

    /// <summary>What a process that waits looks at.</summary>
    public const string Pending = $".kops/pending/{Programs.Cluster}.json";

    public ClusterStore State { get; }

    public ExploredClock Clock { get; } = new();

    public Task? Run { get; private set; }

    public bool HasCrashed { get; private set; }

    /// <summary>What it was told in the end: a result, or an error; null while it is at work, and for one that died.</summary>
    public object? Told { get; set; }

    public bool IsDone => Run!.IsCompleted;

    public bool IsAtCall => _gate is not null && !HasCrashed;

    public bool IsAsleep => Clock.IsAsleep && !HasCrashed && !IsDone;

    /// <summary>Whether there is something new to see for a process that sleeps.</summary>
    public bool HasNews => _store.StateOf(Pending) != _pendingWhenAsleep;

    /// <summary>The key of the call that it waits at.</summary>
    public string Key { get; private set; } = string.Empty;

    /// <summary>Whether that call lists what is below the key.</summary>
    public bool IsAtListing => Next.StartsWith("list ", StringComparison.Ordinal);

    /// <summary>Whether the call that it waits at changes something.</summary>
    public bool IsAtWrite { get; private set; }

    /// <summary>What it would do next, for people.</summary>
    public string Next { get; private set; } = string.Empty;

    public StoreCapabilities Capabilities => _store.Capabilities;

    public void Start(Func<ExploredProcess, Task> program) => Run = program(this);

    /// <summary>Ends the call that it waits at, and lets it run to the next one.</summary>
    public void Continue(CallEnd end)
    {
        var gate = _gate!;
        _gate = null;
        if (end is CallEnd.CrashBefore or CallEnd.CrashAfter)
        {
            HasCrashed = true;
            if (end is CallEnd.CrashAfter)
                _effect!();
            return;
        }

        gate.SetResult(end);
        Note();
    }

    /// <summary>Dies, while its request is still on the way. The effect comes when it is called.</summary>
    public Func<string> CrashWithRequestOnTheWay()
    {
        HasCrashed = true;
        return _effect!;
    }

    public void Wake(TimeSpan passed)
    {
        Clock.Wake(passed);
        Note();
    }

    public void AddTo(XxHash64 hash)
    {
        hash.Append(_seen.GetCurrentHash());
        hash.Append([(byte)(HasCrashed ? 1 : 0), (byte)(IsDone ? 1 : 0), (byte)(IsAsleep && HasNews ? 1 : 0)]);
        hash.Append(BitConverter.GetBytes(Clock.Passed.Ticks));
    }

    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        ObjectInfo? info = null;
        await CallAsync("stat", key, false, () => (info = _store.Find(key)?.Info) + string.Empty).ConfigureAwait(false);
        return info;
    }

    public async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        ObjectContent? found = null;
        await CallAsync("read", key, false, () => (found = _store.Find(key)) is null ? string.Empty : found.Info + found.Text)
            .ConfigureAwait(false);
        return found is null ? null : new ObjectReader(found.Info, new MemoryStream(found.Bytes.ToArray()));
    }

    public async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        WriteOutcome outcome = default;
        await CallAsync("put", key, true, () => (outcome = _store.Put(key, body.Bytes!.Value, condition)).ToString()).ConfigureAwait(false);
        return outcome;
    }

    public async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        // As drivers do where the store takes no condition for a deletion.
        if (condition.Kind is WriteConditionKind.IfMatch && !Capabilities.ConditionalDelete)
        {
            if (await StatAsync(key, cancellationToken).ConfigureAwait(false) is not { } found)
                return WriteOutcome.Absent;
            if (!condition.HoldsOf(found.Version))
                return WriteOutcome.Conflict;
            condition = WriteCondition.Any;
        }

        WriteOutcome outcome = default;
        await CallAsync("delete", key, true, () => (outcome = _store.Delete(key, condition)).ToString()).ConfigureAwait(false);
        return outcome;
    }

    public async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ObjectInfo> found = [];
        await CallAsync("list", prefix, false, () => string.Join('\n', found = _store.List(prefix))).ConfigureAwait(false);
        foreach (var info in found)
            yield return new ListEntry(info.Key, info);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask CallAsync(string operation, string key, bool isWrite, Func<string> effect)
    {
        // What nobody but this process looks at is no step of its own.
        if (key.StartsWith(".kops/objects/", StringComparison.Ordinal))
        {
            effect();
            return;
        }

        (Next, Key, IsAtWrite, _effect) = ($"{operation} {key}", key, isWrite, effect);
        _gate = new TaskCompletionSource<CallEnd>();
        var end = await _gate.Task.ConfigureAwait(false);
        var answer = end is CallEnd.Failure ? string.Empty : effect();
        _seen.Append(Encoding.UTF8.GetBytes($"{operation} {key} {end} {answer}\n"));
        if (end is not CallEnd.Success)
            throw new StoreException(StoreErrorKind.Unavailable, operation, key, "the answer was lost", isTransient: true);
    }

    private void Note() => _pendingWhenAsleep = _store.StateOf(Pending);
}
