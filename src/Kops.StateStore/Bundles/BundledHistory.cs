using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Bundles;

/// <summary>
/// What a bundle tells of a cluster beside its files: <c>history/</c>, the records of its changes; <c>objects/</c>, the contents that they
/// refer to; <c>applied/</c>, what was said and done last. All of it is checked before any of it is written.
/// </summary>
internal static class BundledHistory
{
    /// <summary>All records together: older ones stay out, so that whoever imports can hold them in memory.</summary>
    public const int MaxBytes = 64 << 20;

    private const int SureBytes = 1 << 20;
    private const string Records = "history/";
    private const string Objects = "objects/";
    private const string Applied = "applied/";
    private const int DigestDigits = 64;
    private const int ReadWidth = 8;
    private static readonly string[] AppliedNames = ["flags.json", "instancegroups.yaml"];

    /// <summary>Whether a file of a bundle is part of it.</summary>
    public static bool Holds(string name) => IsRecord(name) || IsContent(name) || IsApplied(name);

    public static bool IsRecord(string name) => name.StartsWith(Records, StringComparison.Ordinal);

    public static bool IsContent(string name) => name.StartsWith(Objects, StringComparison.Ordinal);

    public static bool IsApplied(string name) => name.StartsWith(Applied, StringComparison.Ordinal);

    /// <summary>The digest that a content's name is.</summary>
    public static string DigestOf(string name) => name[Objects.Length..];

    /// <summary>Where a file of what was applied goes.</summary>
    public static VfsPath AppliedIn(ClusterLayout layout, string name) => layout.Applied.Join(name[Applied.Length..]);

    /// <summary>Checks what such a file is, and gives the name of the change that a record is one of.</summary>
    /// <exception cref="StateStoreException">It is not what its name says.</exception>
    public static ChangeReference? Check(string cluster, string name, ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> sha256)
    {
        if (IsContent(name))
            return DigestOf(name) is { Length: DigestDigits } digest && digest == Convert.ToHexStringLower(sha256)
                ? null
                : throw BundleContents.Damaged($"{name} does not hold what its name says");
        if (IsApplied(name))
            return AppliedNames.Contains(name[Applied.Length..], StringComparer.Ordinal)
                ? null
                : throw BundleContents.Damaged($"{name} is nothing that a cluster has");
        var (change, _) = Read(cluster, name, bytes);
        return change;
    }

    /// <summary>A record, and the name of its change.</summary>
    /// <exception cref="StateStoreException">It is none.</exception>
    public static (ChangeReference Change, ChangeRecord Record) Read(string cluster, string name, ReadOnlyMemory<byte> bytes)
    {
        var record = ChangeRecordJson.Read(bytes, cluster, $"{name} of the bundle");

        // It is written in our own form, which may be longer.
        if (bytes.Length > SureBytes && ChangeRecordJson.Write(record).Length > RecordFile.MaxBytes)
            throw BundleContents.Damaged($"{name} is longer than any record");
        return
            KopsDirectory.RecordName(name[Records.Length..]) is { } file
            && ChangeReference.Parse(cluster, file) is { } change
            && HistoryArrival.IsHistory(record, change)
            ? (change, record)
            : throw BundleContents.Damaged($"{name} is not the record that its name says");
    }

    /// <summary>
    /// Gathers all of it for a bundle: contents first, then the records, so that none is unpacked before what it refers to.
    /// </summary>
    /// <param name="history">The history.</param>
    /// <param name="layout">The cluster's.</param>
    /// <param name="withBackups">Whether contents of files among the backups of etcd go in as well.</param>
    /// <param name="add">Adds a file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Records that stay out: what cannot be read, and the oldest of very many.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ChangeHistory history,
        ClusterLayout layout,
        bool withBackups,
        Func<string, ReadOnlyMemory<byte>, Task> add,
        CancellationToken cancellationToken
    )
    {
        var (cluster, journal) = (layout.Cluster, history.Journal);
        var (records, left, bytes) = (new List<(string Name, byte[] Bytes)>(), new List<string>(), 0L);
        var digests = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var some in (await history.ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false)).Chunk(FanOut.Width))
        {
            foreach (var (name, record) in some.Zip(await FanOut.SelectAsync(some, TryReadAsync, cancellationToken).ConfigureAwait(false)))
            {
                var file = record is null ? [] : ChangeRecordJson.Write(record with { Lease = null, Decision = null });
                bytes += file.Length;
                if (record is null || bytes > MaxBytes)
                {
                    left.Add(journal.Places.History(cluster, name.FileName).ToString());
                    continue;
                }

                records.Add(($"{Records}{name.FileName}.json", file));
                foreach (var changed in record.Files.Where(changed => changed.IsKept && (withBackups || !IsBackup(changed))))
                    digests.UnionWith(((string?[])[changed.BeforeSha256, changed.AfterSha256]).OfType<string>());
            }
        }

        foreach (var some in digests.Chunk(ReadWidth))
        {
            var contents = await FanOut
                .SelectAsync(some, (sha, token) => journal.Contents.FindAsync(cluster, sha, token), cancellationToken)
                .ConfigureAwait(false);
            foreach (var (sha, content) in some.Zip(contents))
            {
                if (content is { } kept)
                    await add(Objects + sha, kept).ConfigureAwait(false);
            }
        }

        foreach (var (name, file) in Enumerable.Reverse(records))
            await add(name, file).ConfigureAwait(false);
        foreach (var path in new[] { layout.SaidFlags, layout.AppliedGroups })
        {
            if ((await StoredFile.ReadAsync(path, cancellationToken).ConfigureAwait(false)).Content is { } applied)
                await add(Applied + path.Name, applied).ConfigureAwait(false);
        }

        return left;

        async ValueTask<ChangeRecord?> TryReadAsync(ChangeReference name, CancellationToken token)
        {
            try
            {
                return await history.ReadAsync(name, token).ConfigureAwait(false) is { } record && HistoryArrival.IsHistory(record, name)
                    ? record
                    : null;
            }
            catch (StateStoreException)
            {
                return null;
            }
        }
    }

    private static bool IsBackup(RecordedFile file) =>
        file.Address.Place.StartsWith(FileAddress.BackupStore, StringComparison.Ordinal)
        || file.Address.Key.StartsWith("backups/", StringComparison.Ordinal);
}
