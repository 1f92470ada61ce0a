using Kops.Vfs;

namespace ClusterWatch;

/// <summary>What stood in a state store at one time: each file of each cluster, and its version.</summary>
internal sealed record Snapshot(IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The clusters: directories that hold a file <c>config</c>.</summary>
    public IReadOnlyList<string> Clusters =>
        [.. Files.Keys.Where(file => file.EndsWith("/config", StringComparison.Ordinal) && file.Count(c => c == '/') == 1)];

    public static async Task<Snapshot> TakeAsync(VfsPath state, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in state.ListTreeAsync(cancellationToken))
        {
            var file = entry.Path.Key[state.Key.Length..].TrimStart('/');
            // Below .kops/ lies the history, which is of changes that are told already.
            if (!file.StartsWith(".kops/", StringComparison.Ordinal))
                files[file] = entry.Object!.Version?.Value ?? $"{entry.Object.Size} {entry.Object.LastModified:O}";
        }

        return new Snapshot(files);
    }

    /// <summary>What is different from an earlier look.</summary>
    public IEnumerable<Change> Since(Snapshot before)
    {
        foreach (var (file, version) in Files)
        {
            if (!before.Files.TryGetValue(file, out var old))
                yield return Change.Of(file, ChangeKind.Created);
            else if (old != version)
                yield return Change.Of(file, ChangeKind.Changed);
        }

        foreach (var file in before.Files.Keys.Except(Files.Keys))
            yield return Change.Of(file, ChangeKind.Deleted);
    }
}
