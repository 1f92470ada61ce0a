using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Memory;

/// <summary>
/// The store in memory (<c>memfs://</c>), and the reference implementation of the driver's contract. It lives as long as its process.
/// </summary>
public sealed class MemoryStoreDriver(TimeProvider clock) : IStoreDriver
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _objects = new(Comparer<string>.Create(ObjectKey.Compare));
    private long _generation;

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            KeepsMarks = true,
            VersionsNameWrites = true,
        };

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return ValueTask.FromResult(_objects.TryGetValue(key, out var entry) ? entry.Info : null);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(
                _objects.TryGetValue(key, out var entry) ? new ObjectReader(entry.Info, new ReadOnlyMemoryStream(entry.Bytes)) : null
            );
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        using var buffer = new MemoryStream();
        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        var bytes = buffer.ToArray();
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Holds(condition, _objects.GetValueOrDefault(key)))
                return WriteOutcome.Conflict;
            var version = new ObjectVersion((++_generation).ToString(CultureInfo.InvariantCulture));
            var info = new ObjectInfo(key, bytes.Length, version, clock.GetUtcNow()) { Md5 = MD5.HashData(bytes), Mark = condition.Mark };
            _objects[key] = new Entry(info, bytes);
            return WriteOutcome.Written(version);
        }
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfAbsent)
            throw new ArgumentException("a delete cannot ask for absence", nameof(condition));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_objects.TryGetValue(key, out var entry))
                return ValueTask.FromResult(WriteOutcome.Absent);
            if (!Holds(condition, entry))
                return ValueTask.FromResult(WriteOutcome.Conflict);
            _objects.Remove(key);
            return ValueTask.FromResult(WriteOutcome.Deleted);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask.ConfigureAwait(false);
        ObjectInfo[] found;
        lock (_gate)
            found =
            [
                .. _objects
                    .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(pair => pair.Value.Info with { Mark = null }),
            ];
        string? last = null;
        foreach (var info in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var slash = depth is ListDepth.Tree ? -1 : info.Key.IndexOf('/', prefix.Length);
            if (slash < 0)
            {
                yield return new ListEntry(info.Key, info);
            }
            else if (info.Key[..(slash + 1)] is var common && common != last)
            {
                last = common;
                yield return new ListEntry(common, null);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool Holds(WriteCondition condition, Entry? current) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => current is null,
            WriteConditionKind.IfMatch => current?.Info.Version == condition.Version,
            _ => true,
        };

    private sealed record Entry(ObjectInfo Info, byte[] Bytes);
}
