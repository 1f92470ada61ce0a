using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Review;

/// <summary>
/// Brings clusters from the store into a directory for review. What was edited there stays; what was edited on both sides stops it.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="store">The state store, as it is recorded.</param>
public sealed class ReviewPull(ReviewDirectory directory, string store)
{
    /// <summary>Pulls.</summary>
    /// <param name="clusters">The clusters of the store, of those that are asked for.</param>
    /// <param name="asked">Those that are asked for; empty for all.</param>
    /// <param name="force">Whether edits that stand against changes in the store are given up.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Each file, as it stood before.</returns>
    /// <exception cref="StateStoreException">The directory belongs to another store, or cannot be read or written; or there are
    /// conflicts.</exception>
    public async Task<IReadOnlyList<ReviewItem>> RunAsync(
        IReadOnlyList<ClusterState> clusters,
        IReadOnlyList<string> asked,
        bool force,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(asked);
        var record = directory.ReadRecord();
        if (record is not null && record.Store != store)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{directory.Path} was pulled from {record.Store}, and this is {store}: name another directory, or that store with --state"
            );
        var items = new List<ReviewItem>();
        foreach (var state in clusters)
            items.AddRange(
                ReviewItem.Compare(
                    directory,
                    record,
                    state.Name,
                    await ReviewNames.ReadAsync(state, cancellationToken).ConfigureAwait(false)
                )
            );

        // Those that were pulled once and are gone from the store.
        var gone = Pulled(record).Except(clusters.Select(state => state.Name)).Where(name => asked.Count == 0 || asked.Contains(name));
        foreach (var name in gone)
            items.AddRange(ReviewItem.Compare(directory, record, name, new Dictionary<string, Files.StoredFile>()));

        var conflicts = items.Where(item => item.Standing is ReviewStanding.Conflict).ToList();
        if (conflicts.Count > 0 && !force)
        {
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"{string.Join(", ", conflicts.Select(item => directory.PathOf(item.Path)))} {(conflicts.Count == 1 ? "was" : "were")} "
                    + $"changed here and in the store. Nothing was written. "
                    + "Commit what is here, pull with --force, and merge the two with git"
            );
        }

        var files = new Dictionary<string, string>(record?.Files ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.Standing is ReviewStanding.Edited)
                continue;
            if (item.Standing is not ReviewStanding.Same && item.Stored is { } stored)
                directory.Write(item.Path, stored.Bytes);
            else if (item.Standing is not ReviewStanding.Same && item.Local is not null)
                directory.Delete(item.Path);
            if (item.Stored?.Sha256 is { } digest)
                files[item.Path] = digest;
            else
                files.Remove(item.Path);
        }

        Save((record ?? new PullRecord(store, asked, files)) with { Clusters = asked, Files = files });
        return items;
    }

    /// <summary>Takes over what was pushed: the files as they stand in the store now, and that they are what was pulled.</summary>
    /// <param name="state">The cluster, read again.</param>
    /// <param name="pushed">What was pushed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StateStoreException">The directory cannot be written.</exception>
    public async Task AcceptAsync(ClusterState state, IReadOnlyList<ReviewItem> pushed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(pushed);
        var record = directory.ReadRecord() ?? new PullRecord(store, [], new Dictionary<string, string>());
        var files = new Dictionary<string, string>(record.Files, StringComparer.Ordinal);
        var stored = await ReviewNames.ReadAsync(state, cancellationToken).ConfigureAwait(false);

        // A key that was added gets the name under which it is kept.
        var names = pushed
            .Select(item => item.Name)
            .Concat(stored.Keys.Where(name => ReviewNames.IsSshKey(name) && !files.ContainsKey($"{state.Name}/{name}")))
            .Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var path = $"{state.Name}/{name}";
            if (stored.GetValueOrDefault(name) is { } file)
            {
                if (directory.Read(path) is not { } local || !local.Span.SequenceEqual(file.Bytes.Span))
                    directory.Write(path, file.Bytes);
                files[path] = file.Sha256!;
            }
            else
            {
                directory.Delete(path);
                files.Remove(path);
            }
        }

        Save(record with { Files = files, Pushing = [] });
    }

    /// <summary>Notes what a push is going to write, so that it is known again where the push does not come to say so.</summary>
    /// <param name="changes">What it does to a cluster.</param>
    /// <exception cref="StateStoreException">The directory cannot be written.</exception>
    public void Announce(ChangeSet changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (directory.ReadRecord() is { } record)
            Save(
                record with
                {
                    Pushing = [.. changes.Files.Select(file => file.AfterSha256).OfType<string>().Order(StringComparer.Ordinal)],
                }
            );
    }

    /// <summary>Writes the record, if it says anything new.</summary>
    public void Save(PullRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = record.ToJson();
        if (directory.Read(PullRecord.FileName) is not { } old || !old.Span.SequenceEqual(text))
            directory.Write(PullRecord.FileName, text);
    }

    /// <summary>The clusters of which files were pulled.</summary>
    public static IEnumerable<string> Pulled(PullRecord? record) =>
        record?.Files.Keys.Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal) ?? [];
}
