using System.Globalization;
using System.Runtime.CompilerServices;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>The changes that were applied to the clusters of a store: who, when, what; and taking one back.</summary>
public sealed class ChangeHistory
{
    private readonly ChangeJournal _journal;
    private readonly RecordedPlaces _places;
    private readonly TimeProvider _clock;

    internal ChangeHistory(ChangeJournal journal, StoreRegistry stores, TimeProvider clock) =>
        (_journal, _places, _clock) = (journal, new RecordedPlaces(journal.Root, stores, journal.Contents), clock);

    /// <summary>What holds the records and the contents.</summary>
    internal ChangeJournal Journal => _journal;

    private KopsDirectory Places => _journal.Places;

    /// <summary>
    /// The names of the recorded changes, newest first: one listing, no record is read. Those of one cluster are in the order in which they
    /// ended; between clusters the clocks decide of the machines that ended them.
    /// </summary>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ChangeReference>> ListNamesAsync(string? cluster = null, CancellationToken cancellationToken = default)
    {
        var clusters = new Dictionary<string, Queue<ChangeReference>>(StringComparer.Ordinal);
        var below = cluster is null ? Places.AllHistory : Places.HistoryOf(ClusterName.Check(cluster));
        await foreach (var entry in below.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                entry.Path.Key.Split('/') is not [.., var owner, var file]
                || KopsDirectory.RecordName(file) is not { } name
                || ChangeReference.Parse(owner, name) is not { } change
            )
                continue;
            if (!clusters.TryGetValue(owner, out var changes))
                clusters[owner] = changes = [];
            changes.Enqueue(change);
        }

        return Merge([.. clusters.Values]);
    }

    /// <summary>The recorded changes, newest first. Records are read as they are consumed, some at a time.</summary>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">A record is not valid.</exception>
    public IAsyncEnumerable<ChangeRecord> ListAsync(string? cluster = null, CancellationToken cancellationToken = default) =>
        ListAsync(cluster, null, cancellationToken);

    /// <summary>The same, where one record that is not valid hides no other.</summary>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="unreadable">Is told of a record that is not valid, from several threads; null makes it an error.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async IAsyncEnumerable<ChangeRecord> ListAsync(
        string? cluster,
        Action<ChangeReference, StateStoreException>? unreadable,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var some in (await ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false)).Chunk(FanOut.Width))
        {
            foreach (var record in await FanOut.SelectAsync(some, ReadOrTellAsync, cancellationToken).ConfigureAwait(false))
            {
                if (record is not null)
                    yield return record;
            }
        }

        async ValueTask<ChangeRecord?> ReadOrTellAsync(ChangeReference name, CancellationToken token)
        {
            try
            {
                return await ReadAsync(name, token).ConfigureAwait(false);
            }
            catch (StateStoreException error) when (unreadable is not null)
            {
                unreadable(name, error);
                return null;
            }
        }
    }

    /// <summary>One recorded change with its contents; null when there is none of that name.</summary>
    /// <param name="id">Its name, or as much of its beginning as no other has; or its number.</param>
    /// <param name="cluster">The cluster; null to look in all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">Several changes begin like that, or the record is not valid.</exception>
    public async Task<RecordedChange?> FindAsync(string id, string? cluster = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var all = await ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false);
        var names = all.Where(name => name.Id.StartsWith(id, StringComparison.Ordinal)).ToArray();
        if (names.Length != 1 && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var serial))
            names = [.. all.Where(name => name.Serial == serial)];
        if (names.Length > 1)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{names.Length} changes begin with '{id}', for example {names[0].Id} of {names[0].Cluster} and {names[1].Id} of "
                    + $"{names[1].Cluster}; give more of it"
            );
        if (names.Length == 0 || await ReadAsync(names[0], cancellationToken).ConfigureAwait(false) is not { } record)
            return null;
        var paths = await _places.FindAsync(record, cancellationToken).ConfigureAwait(false);
        return new RecordedChange(
            record,
            await FanOut
                .SelectAsync([.. record.Files.Zip(paths)], (file, token) => ContentAsync(file.First, file.Second, token), cancellationToken)
                .ConfigureAwait(false)
        );
    }

    /// <summary>
    /// Plans taking a change back: the inverse of what it did to each file, on condition that the file still stands as the change left it.
    /// Other changes made since stay. <c>generation</c> goes on rising: an object that is brought back is a new state of it. With the
    /// creation of a cluster goes what updates have generated of it since, keys too. What the change noted for the next one, such as which
    /// flags were said, stays where a later change has noted something else.
    /// </summary>
    /// <param name="change">The change, with its contents.</param>
    /// <param name="title">What is done, for the record.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">It made a cluster of which there are files of others now.</exception>
    public async Task<UndoPlan> PlanUndoAsync(RecordedChange change, string title, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var record = change.Record;
        var standings = await FanOut
            .SelectAsync(
                [.. Enumerable.Range(0, record.Files.Count)],
                (i, token) => FileStanding.ReadAsync(record.Files[i], record.MarkOf(i), change.Files[i].Path, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var isCreation = record.Files.Zip(standings).Any(pair => MadeSince.IsCluster(pair.First) && pair.Second.Now is { Exists: true });
        var layout = isCreation
            ? await _places.LayoutOfSpecAsync(record, cancellationToken).ConfigureAwait(false)
            : await _places.LayoutAsync(record, cancellationToken).ConfigureAwait(false);
        var builder = new ChangeSetBuilder(layout, title) { Undoes = record.Id };
        var (changed, notKept) = (new List<string>(), new List<string>());
        foreach (var (content, file) in change.Files.Zip(standings).Where(pair => pair.Second.Standing is not Standing.Before))
        {
            if (file.Standing is Standing.Other && content.File.Address.Place is FileAddress.Applied)
                continue;
            if (file.Standing is Standing.Other or Standing.Unreachable)
                changed.Add(content.File.Path);
            else if (content.File.Kind is FileChangeKind.Create)
                builder.Delete(file.Now!, content.File.Secrecy);
            else if (content.Before is { } before)
                builder.Write(file.Now!, Generations.Raise(file.Now!.Path, before, file.Now), content.File.Secrecy);
            else
                notKept.Add(content.File.Path);
        }

        if (isCreation)
            await TakeGeneratedAsync(record, layout, builder, cancellationToken).ConfigureAwait(false);
        return new UndoPlan(builder.Build(), changed, notKept);
    }

    /// <summary>Takes away what was generated of a cluster whose creation is taken back.</summary>
    private async Task TakeGeneratedAsync(
        ChangeRecord creation,
        ClusterLayout layout,
        ChangeSetBuilder builder,
        CancellationToken cancellationToken
    )
    {
        var (generated, others) = await MadeSince.FindAsync(this, creation, layout, cancellationToken).ConfigureAwait(false);
        if (others.Count > 0)
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"cluster \"{creation.Cluster}\" has files that its creation and its updates did not make: {MadeSince.Named(others)}. "
                    + "Without the cluster they would be left behind, and taken for its own by the next one of that name. Delete them "
                    + $"first, or all of it with 'kops delete cluster {creation.Cluster} --yes'. Nothing was changed"
            );
        foreach (var (file, secrecy) in generated)
            builder.Delete(file, secrecy);
    }

    /// <summary>Plans shortening the history. Nothing is changed yet. Every record that stays is read.</summary>
    /// <param name="keep">How many changes of each cluster stay, the newest.</param>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">A record is not valid, so that nobody knows which contents it refers to.</exception>
    public Task<PrunePlan> PlanPruneAsync(int keep, string? cluster = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        return HistoryPruning.PlanAsync(
            _journal,
            this,
            keep,
            cluster is null ? null : ClusterName.Check(cluster),
            _clock.GetUtcNow(),
            cancellationToken
        );
    }

    /// <summary>Shortens the history. Changes that are taken away can no longer be shown or undone; clusters stay as they are.</summary>
    /// <exception cref="StoreException">The store failed; doing it again goes on.</exception>
    public Task PruneAsync(PrunePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return HistoryPruning.ApplyAsync(Places, plan, cancellationToken);
    }

    internal async ValueTask<ChangeRecord?> ReadAsync(ChangeReference name, CancellationToken cancellationToken)
    {
        var path = Places.History(name.Cluster, name.FileName);
        return await RecordFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } found
            ? ChangeRecordJson.Read(found.Bytes, name.Cluster, path.ToString())
            : null;
    }

    /// <summary>One list of several, each of which keeps its order; whose next is the youngest goes first.</summary>
    private static List<ChangeReference> Merge(IReadOnlyList<Queue<ChangeReference>> clusters)
    {
        var heads = new PriorityQueue<Queue<ChangeReference>, (long, string)>();
        foreach (var cluster in clusters)
            Enqueue(cluster);
        var merged = new List<ChangeReference>();
        while (heads.TryDequeue(out var next, out _))
        {
            merged.Add(next.Dequeue());
            if (next.Count > 0)
                Enqueue(next);
        }

        return merged;

        void Enqueue(Queue<ChangeReference> cluster) => heads.Enqueue(cluster, (-cluster.Peek().Ended.UtcTicks, cluster.Peek().Cluster));
    }

    private async ValueTask<RecordedContent> ContentAsync(RecordedFile file, VfsPath? path, CancellationToken cancellationToken) =>
        new(
            file,
            path,
            file.IsKept
                ? await _journal.Contents.FindAsync(file.Cluster, file.BeforeSha256, cancellationToken).ConfigureAwait(false)
                : null,
            file.IsKept ? await _journal.Contents.FindAsync(file.Cluster, file.AfterSha256, cancellationToken).ConfigureAwait(false) : null
        );
}
