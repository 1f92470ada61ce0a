using Kops.StateStore.Files;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// The contents that a process can write when it ends a change: those that the journal keeps and, for the process that computed the change,
/// those that it still has in memory, secrets included.
/// </summary>
internal sealed class KnownContents(string cluster, KeptContents kept, ChangeSet? own)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _own = Gather(own);

    /// <summary>Whether a content of a file is known.</summary>
    public bool Has(RecordedFile file, string? sha256) => sha256 is not null && (file.IsKept || _own.ContainsKey(sha256));

    /// <summary>A content; null when it is not known.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(RecordedFile file, string? sha256, CancellationToken cancellationToken) =>
        !Has(file, sha256) ? null
        : _own.TryGetValue(sha256!, out var content) ? content
        : await kept.FindAsync(cluster, sha256, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether the change made, or may have made, a step in a file that cannot be taken back.</summary>
    public bool IsBeyondReturn(FileStanding file) =>
        file.Recorded.Kind is not FileChangeKind.Create
        && (file.Standing is Standing.Ours || file.MayBeOurs)
        && !Has(file.Recorded, file.Recorded.BeforeSha256);

    /// <summary>Whether a step is still to be made that cannot be made.</summary>
    public bool IsOutOfReach(FileStanding file) =>
        file is { Standing: Standing.Before, Recorded.Kind: not FileChangeKind.Delete } && !Has(file.Recorded, file.Recorded.AfterSha256);

    private static Dictionary<string, ReadOnlyMemory<byte>> Gather(ChangeSet? set)
    {
        var contents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var change in set?.Files ?? [])
        {
            if (change.Before.Content is { } before)
                contents[ContentDigest.Of(before)] = before;
            if (change.After is { } after)
                contents[ContentDigest.Of(after)] = after;
        }

        return contents;
    }
}
