using Kops.Api.Values;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>
/// What stands in a cluster's places beside the files that its creation made. Keys, secrets and files that were generated of the cluster go
/// with it; what others made does not, and keeps the creation from being taken back: the next cluster of that name would take it for its
/// own.
/// </summary>
internal static class MadeSince
{
    private const int MaxNamed = 5;
    private static readonly string[] Objects = ["instancegroup/", "clusteraddons/", "pki/ssh/"];

    /// <summary>Whether a file is the Cluster object that a change made.</summary>
    public static bool IsCluster(RecordedFile file) =>
        file is { Kind: FileChangeKind.Create, Address: { Place: FileAddress.Registry, Key: "config" } };

    /// <summary>The files that later updates of the cluster made, and those of others, named.</summary>
    public static async Task<(IReadOnlyList<(StoredFile File, FileSecrecy Secrecy)> Generated, IReadOnlyList<string> Others)> FindAsync(
        ChangeHistory history,
        ChangeRecord creation,
        ClusterLayout layout,
        CancellationToken cancellationToken
    )
    {
        var makers = await MakersAsync(history, creation, cancellationToken).ConfigureAwait(false);
        var (generated, others) = (new List<(StoredFile, FileSecrecy)>(), new List<string>());
        var seen = creation.Files.Select(file => file.Address).ToHashSet();
        foreach (var place in (await layout.ReachAsync(cancellationToken).ConfigureAwait(false)).Values)
        {
            await foreach (var entry in place.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (layout.AddressOf(entry.Path) is not { } address || !seen.Add(address))
                    continue;
                if (
                    makers.TryGetValue(address, out var maker)
                    && !Objects.Any(prefix => address.Key.StartsWith(prefix, StringComparison.Ordinal))
                    && await StandsAsync(maker.Record, maker.File, entry.Path, cancellationToken).ConfigureAwait(false) is { } file
                )
                    generated.Add((file, maker.Record.Files[maker.File].Secrecy));
                else
                    others.Add(entry.Path.ToString());
            }
        }

        return (generated, others);
    }

    /// <summary>Names files, the first of many.</summary>
    public static string Named(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(MaxNamed).Select(PlainText.Of))
        + (paths.Count > MaxNamed ? $" and {paths.Count - MaxNamed} more" : string.Empty);

    /// <summary>The last update that wrote each file since.</summary>
    private static async Task<Dictionary<FileAddress, (ChangeRecord Record, int File)>> MakersAsync(
        ChangeHistory history,
        ChangeRecord creation,
        CancellationToken cancellationToken
    )
    {
        var makers = new Dictionary<FileAddress, (ChangeRecord, int)>();
        foreach (var name in await history.ListNamesAsync(creation.Cluster, cancellationToken).ConfigureAwait(false))
        {
            if (name.Serial <= creation.Serial)
                break;
            if (await history.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } record || !IsUpdate(record))
                continue;
            for (var i = 0; i < record.Files.Count; i++)
                makers.TryAdd(record.Files[i].Address, (record, i));
        }

        return makers;
    }

    /// <summary>Updates generate files and make keys, as creations do that update at once.</summary>
    private static bool IsUpdate(ChangeRecord record) =>
        record.Title.StartsWith("update cluster", StringComparison.Ordinal)
        || record.Title.StartsWith("create cluster", StringComparison.Ordinal);

    private static async Task<StoredFile?> StandsAsync(ChangeRecord record, int file, VfsPath path, CancellationToken cancellationToken)
    {
        var standing = await FileStanding.ReadAsync(record.Files[file], record.MarkOf(file), path, cancellationToken).ConfigureAwait(false);
        return standing is { Standing: Standing.Ours or Standing.Wanted, Now: { Exists: true } now } ? now : null;
    }
}
