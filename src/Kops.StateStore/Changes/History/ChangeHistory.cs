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
    private readonly JournalFiles _files;
    private readonly StoreRegistry _stores;
    private readonly TimeProvider _clock;

    internal ChangeHistory(JournalFiles files, StoreRegistry stores, TimeProvider clock) =>
        (_files, _stores, _clock) = (files, stores, clock);

    /// <summary>The names of the recorded changes, newest first: one listing, no record is read.</summary>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ChangeReference>> ListNamesAsync(string? cluster = null, CancellationToken cancellationToken = default)
    {
        var names = new List<ChangeReference>();
        var below = cluster is null ? _files.Places.AllHistory : _files.Places.HistoryOf(ClusterName.Check(cluster));
        await foreach (var entry in below.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Path.ToString().Split('/') is [.., var owner, var file] && KopsDirectory.RecordName(file) is { } id)
                names.Add(new ChangeReference(owner, id));
        }

        return [.. names.OrderByDescending(name => name.Id, StringComparer.Ordinal)];
    }

    /// <summary>The recorded changes, newest first. Records are read as they are consumed, some at a time.</summary>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">A record cannot be read.</exception>
    public async IAsyncEnumerable<ChangeRecord> ListAsync(
        string? cluster = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var some in (await ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false)).Chunk(FanOut.Width))
        {
            foreach (var record in await FanOut.SelectAsync(some, ReadAsync, cancellationToken).ConfigureAwait(false))
            {
                if (record is not null)
                    yield return record;
            }
        }
    }

    /// <summary>One recorded change with its contents; null when there is none of that name.</summary>
    /// <param name="id">Its name, or as much of its beginning as no other has.</param>
    /// <param name="cluster">The cluster; null to look in all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">Several changes begin like that, or the record cannot be read.</exception>
    public async Task<RecordedChange?> FindAsync(string id, string? cluster = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var names = (await ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false))
            .Where(name => name.Id.StartsWith(id, StringComparison.Ordinal))
            .ToArray();
        if (names.Length > 1)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{names.Length} changes begin with '{id}', for example {names[0].Id} and {names[1].Id}; give more of it"
            );
        if (names.Length == 0 || await ReadAsync(names[0], cancellationToken).ConfigureAwait(false) is not { } record)
            return null;
        return new RecordedChange(record, await FanOut.SelectAsync(record.Files, ContentAsync, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Plans taking a change back: the inverse of what it did to each file, on condition that the file still stands as the change left it.
    /// Other
    /// changes made since stay. <c>generation</c> goes on rising: an object that is brought back is a new state of it.
    /// </summary>
    /// <param name="change">The change, with its contents.</param>
    /// <param name="title">What is done, for the record.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<UndoPlan> PlanUndoAsync(RecordedChange change, string title, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var standings = await FanOut
            .SelectAsync(
                change.Record.Files,
                (file, token) => FileStanding.ReadAsync(file, file.Address.Resolve(_files.Root, _stores), token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var builder = new ChangeSetBuilder(change.Record.Cluster, title) { Undoes = change.Record.Id };
        var (changed, notKept) = (new List<string>(), new List<string>());
        foreach (var (content, file) in change.Files.Zip(standings).Where(pair => pair.Second.Standing is not Standing.Before))
        {
            if (file.Standing is Standing.Other)
                changed.Add(content.File.Path);
            else if (content.File.Kind is FileChangeKind.Create)
                builder.Delete(file.Now, content.File.Secrecy);
            else if (content.Before is { } before)
                builder.Write(file.Now, Generations.Raise(content.Path, before, file.Now), content.File.Secrecy);
            else
                notKept.Add(content.File.Path);
        }

        return new UndoPlan(builder.Build(), changed, notKept);
    }

    /// <summary>Plans shortening the history. Nothing is changed yet. Every record that stays is read.</summary>
    /// <param name="keep">How many changes of each cluster stay, the newest.</param>
    /// <param name="cluster">The cluster; null for all.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">A record cannot be read, so that nobody knows which contents it refers to.</exception>
    public Task<PrunePlan> PlanPruneAsync(int keep, string? cluster = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        return HistoryPruning.PlanAsync(
            _files,
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
        return HistoryPruning.ApplyAsync(_files, plan, cancellationToken);
    }

    internal async ValueTask<ChangeRecord?> ReadAsync(ChangeReference name, CancellationToken cancellationToken)
    {
        var path = _files.Places.History(name.Cluster, name.Id);
        return await path.ReadAsync(cancellationToken).ConfigureAwait(false) is { } found
            ? ChangeRecordJson.Read(found.Bytes, path.ToString())
            : null;
    }

    private async ValueTask<RecordedContent> ContentAsync(RecordedFile file, CancellationToken cancellationToken) =>
        new(
            file,
            file.Address.Resolve(_files.Root, _stores),
            file.IsKept ? await _files.FindAsync(file.BeforeSha256, cancellationToken).ConfigureAwait(false) : null,
            file.IsKept ? await _files.FindAsync(file.AfterSha256, cancellationToken).ConfigureAwait(false) : null
        );
}
