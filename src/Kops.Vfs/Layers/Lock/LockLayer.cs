using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Lock;

/// <summary>
/// Gives a store whose server cannot check conditions with a write (<see cref="StoreCapabilities.ConditionalReplace"/> and its like are
/// false) conditions all the same: every write is made under one lock of the store, and the driver's look at the object and its write
/// become one step among all who write through this layer. Who does not (another program) is not held back; see <see cref="StoreLock"/>.
/// </summary>
/// <remarks>
/// The driver inside must check a condition before it writes, and settle writes whose answer was lost. Reads take no lock. The lock is
/// the object <see cref="Key"/>, which is not listed, nor are the tickets of those who wait.
/// </remarks>
public sealed class LockLayer : StoreLayer
{
    /// <summary>The object that is the lock, at the root of the store.</summary>
    public const string Key = ".kops-lock";

    /// <summary>Below it, those who wait for the lock leave a ticket each.</summary>
    public const string QueuePrefix = Key + "-queue/";

    private readonly string _address;
    private readonly StoreLock _lock;
    private readonly KeyGates _keys = new();

    /// <summary>Wraps a driver.</summary>
    public LockLayer(IStoreDriver inner, string address, LockOptions options, TimeProvider clock)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        _address = address;
        _lock = new StoreLock(inner, address, options, clock);
        Capabilities = inner.Capabilities with
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            ConditionsByLock = true,
        };
    }

    /// <inheritdoc/>
    public override StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        IsOwn(key) ? default : base.StatAsync(key, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        IsOwn(key) ? default : base.OpenReadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        await WriteAsync(
                "write",
                key,
                condition,
                token => AsNullable(Inner.PutAsync(key, body, condition, token)),
                false,
                cancellationToken
            )
            .ConfigureAwait(false)
        ?? WriteOutcome.Conflict;

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfAbsent)
            throw new ArgumentException("a delete cannot ask for absence", nameof(condition));
        if (IsOwn(key))
            return WriteOutcome.Absent;
        return await WriteAsync(
                    "delete",
                    key,
                    condition,
                    token => AsNullable(Inner.DeleteAsync(key, condition, token)),
                    true,
                    cancellationToken
                )
                .ConfigureAwait(false)
            ?? WriteOutcome.Conflict;
    }

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        IsOwn(source)
            ? default
            : WriteAsync("copy", target, condition, token => base.CopyAsync(source, target, condition, token), false, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            "copy",
            target,
            condition,
            token => base.CopyFromAsync(from, source, target, condition, token),
            false,
            cancellationToken
        );

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Inner is not IBatchDelete batch)
            throw new NotSupportedException("the driver deletes one by one");
        var wanted = keys.Where(key => !IsOwn(key)).ToList();
        using var use = await _lock.EnterAsync("delete", null, cancellationToken).ConfigureAwait(false);
        using var gates = await _keys.EnterAsync(wanted, cancellationToken).ConfigureAwait(false);
        return await use!.RunAsync("delete", token => batch.DeleteBatchAsync(wanted, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var entry in Inner.ListAsync(prefix, depth, cancellationToken).ConfigureAwait(false))
        {
            if (!IsOwn(entry.Key))
                yield return entry;
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        Versions.ListVersionsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        Versions.OpenVersionAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken)
    {
        using var use = await _lock.EnterAsync("delete", null, cancellationToken).ConfigureAwait(false);
        using var gate = await _keys.EnterAsync([key], cancellationToken).ConfigureAwait(false);
        return await use!.RunAsync("delete", token => Versions.DeleteAllVersionsAsync(key, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync()
    {
        await _lock.DisposeAsync().ConfigureAwait(false);
        await base.CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a key is the lock's, or a ticket's: nothing that a store keeps for anybody.</summary>
    internal static bool IsOwn(string key) => key == Key || key.StartsWith(QueuePrefix, StringComparison.Ordinal);

    private IVersionedStore Versions => Inner as IVersionedStore ?? throw new NotSupportedException("the driver knows no versions");

    private static async ValueTask<WriteOutcome?> AsNullable(ValueTask<WriteOutcome> outcome) => await outcome.ConfigureAwait(false);

    /// <summary>Makes a write under the lock.</summary>
    private async ValueTask<WriteOutcome?> WriteAsync(
        string operation,
        string key,
        WriteCondition condition,
        Func<CancellationToken, ValueTask<WriteOutcome?>> write,
        bool isDelete,
        CancellationToken cancellationToken
    )
    {
        if (IsOwn(key))
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                operation,
                ObjectKey.Join(_address, key),
                "it is the lock of this store; choose another name"
            );
        var isConditional = condition.Kind is not WriteConditionKind.Any;
        using var use = await _lock.EnterAsync(operation, isConditional ? FailsAsync : null, cancellationToken).ConfigureAwait(false);
        // Somebody else has made the condition false meanwhile: no need to wait for the lock to say so.
        if (use is null)
            return WriteOutcome.Conflict;
        using var gate = await _keys.EnterAsync([key], cancellationToken).ConfigureAwait(false);
        var outcome = await use.RunAsync(operation, write, cancellationToken).ConfigureAwait(false);
        if (isConditional && outcome is { Result: WriteResult.Done } && !await use.IsHeldAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreErrorKind.Unavailable,
                operation,
                ObjectKey.Join(_address, key),
                "the lock of the store was lost while this was done: it cannot be told whether another writer's change was overwritten; "
                    + "look at it before you try again"
            );
        }

        return outcome;

        async ValueTask<bool> FailsAsync(CancellationToken token)
        {
            var info = await Inner.StatAsync(key, token).ConfigureAwait(false);
            // What is not there is deleted already, whatever the condition.
            if (isDelete && info is null)
                return false;
            return !condition.HoldsOf(info?.Version);
        }
    }
}
