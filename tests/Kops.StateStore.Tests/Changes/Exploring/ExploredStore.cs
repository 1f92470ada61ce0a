using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// The store that explored processes share. Versions count for each key by itself, so that schedules which lead to the same state do so to
/// the letter.
/// </summary>
internal sealed class ExploredStore(StoreKind kind)
{
    private readonly SortedDictionary<string, Entry> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _writes = new(StringComparer.Ordinal);

    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = kind.ConditionalDelete,
            KeepsMarks = kind.KeepsMarks,
            VersionsNameWrites = kind.VersionsNameWrites,
        };

    /// <summary>Differs when a key was written or deleted meanwhile.</summary>
    public string StateOf(string key) => Find(key) is { } found ? $"{_writes[key]}" : string.Empty;

    public IEnumerable<KeyValuePair<string, byte[]>> Contents => _objects.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Bytes));

    public ObjectContent? Find(string key) => _objects.TryGetValue(key, out var entry) ? new ObjectContent(entry.Info, entry.Bytes) : null;

    public string? Text(string key) => Find(key)?.Text;

    public IReadOnlyList<ObjectInfo> List(string prefix) =>
        [
            .. _objects
                .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(pair => pair.Value.Info with { Mark = null }),
        ];

    public WriteOutcome Put(string key, ReadOnlyMemory<byte> bytes, WriteCondition condition)
    {
        if (!Holds(condition, Find(key)))
            return WriteOutcome.Conflict;
        var number = CollectionsMarshal.GetValueRefOrAddDefault(_writes, key, out _)++;
        var version = new ObjectVersion(
            kind.VersionsNameWrites ? number.ToString(CultureInfo.InvariantCulture) : ContentDigest.Of(bytes)[..12]
        );
        var info = new ObjectInfo(key, bytes.Length, version, DateTimeOffset.UnixEpoch) { Mark = kind.KeepsMarks ? condition.Mark : null };
        _objects[key] = new Entry(info, bytes.ToArray());
        return WriteOutcome.Written(version);
    }

    public WriteOutcome Delete(string key, WriteCondition condition)
    {
        if (Find(key) is not { } found)
            return WriteOutcome.Absent;
        if (!Holds(condition, found))
            return WriteOutcome.Conflict;
        _objects.Remove(key);
        return WriteOutcome.Deleted;
    }

    /// <summary>A digest of all that a process can see, now or later.</summary>
    public void AddTo(XxHash64 hash)
    {
        foreach (var (key, entry) in _objects)
        {
            hash.Append(Encoding.UTF8.GetBytes($"{key}\n{entry.Info.Version}\n{entry.Info.Mark}\n"));
            hash.Append(entry.Bytes);
        }

        // Versions that are digests tell nobody how often a key was written.
        if (!kind.VersionsNameWrites)
            return;
        foreach (var (key, count) in _writes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes($"{key}{count}\n"));
    }

    private static bool Holds(WriteCondition condition, ObjectContent? current) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => current is null,
            WriteConditionKind.IfMatch => current?.Version == condition.Version,
            _ => true,
        };

    private sealed record Entry(ObjectInfo Info, byte[] Bytes);
}
