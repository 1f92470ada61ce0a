using System.Collections.Concurrent;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>
/// Lets a transfer replace and delete at its target only what it wrote itself, now or before it was stopped: by the mark that its writes
/// bear or, where the store keeps no marks, by the versions that this process has made.
/// </summary>
/// <param name="mark">The mark.</param>
/// <param name="keep">Is called before each write, and throws where the right to write is lost.</param>
internal sealed class OwnWrites(string mark, Func<CancellationToken, ValueTask> keep)
{
    private readonly ConcurrentDictionary<string, ObjectVersion> _made = new(StringComparer.Ordinal);

    /// <summary>The mark of each write.</summary>
    public string Mark => mark;

    /// <summary>To be called before each write.</summary>
    public ValueTask KeepAsync(CancellationToken cancellationToken) => keep(cancellationToken);

    /// <summary>Notes what was written.</summary>
    public void Add(VfsPath path, WriteOutcome outcome)
    {
        if (outcome.Version is { } version)
            _made[path.ToString()] = version;
    }

    /// <summary>Whether an object is its doing.</summary>
    public bool Has(VfsPath path, ObjectInfo info) =>
        info.Mark == mark || (info.Version is { } version && _made.TryGetValue(path.ToString(), out var made) && made == version);
}
