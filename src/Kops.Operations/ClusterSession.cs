using Kops.Api;
using Kops.Api.Schema;
using Kops.Api.Validation;
using Kops.Build.Input;
using Kops.Model.Flags;
using Kops.Operations.Events;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.Operations;

/// <summary>
/// One piece of work on the clusters of a state store: what all operations read from, write to and tell. Operations are functions that
/// take a session and what was read, and give a change set; <see cref="ApplyAsync"/> carries it out.
/// </summary>
/// <example>
/// <code>
/// var session = new ClusterSession(store, TimeProvider.System, "raise the channel") { Tell = happened => log(happened.Message) };
/// var state = await session.ReadClusterToChangeAsync("demo.example.com");
/// var cluster = state.Cluster.Copy();
/// cluster.Spec.Channel = "alpha";
/// await session.ApplyAsync(await EditCluster.PlanAsync(session, state, cluster));
/// </code>
/// </example>
public sealed class ClusterSession
{
    private readonly List<string> _done = [];

    /// <summary>Begins to work. Nothing is requested yet.</summary>
    /// <param name="state">The clusters.</param>
    /// <param name="clock">The time.</param>
    /// <param name="title">What is done, without secrets: it is recorded with each change.</param>
    public ClusterSession(ClusterStore state, TimeProvider clock, string title)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(title);
        (State, Clock, Title) = (state, clock, title);
        Pause = (pause, cancellationToken) => Task.Delay(pause, clock, cancellationToken);
    }

    /// <summary>The clusters.</summary>
    public ClusterStore State { get; }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>What is done, as it is recorded.</summary>
    public string Title { get; }

    /// <summary>Is told what happens on the way.</summary>
    public Action<OperationEvent> Tell { get; init; } = static _ => { };

    /// <summary>Is called after each change that was made, with its name in the history, before the next thing is done.</summary>
    public Func<ChangeRecorded, Task> AfterChange { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Waits before something is tried again, where others were faster: by the clock, unless said otherwise.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; }

    /// <summary>By which rules objects are checked before they are stored: the store's.</summary>
    public ValidationOptions Rules => State.Rules ?? ValidationOptions.Default;

    /// <summary>What is known of clouds and versions.</summary>
    public CloudKnowledge Knowledge { get; init; } = new();

    /// <summary>The environment variables that files of clusters depend on.</summary>
    public BuildVariables Variables { get; init; } = BuildVariables.None;

    /// <summary>The features that are switched on.</summary>
    public FeatureFlags Features { get; init; } = FeatureFlags.Default;

    /// <summary>
    /// Whether objects are taken, and written over, although they have fields that this program does not know, those of a newer kOps. The
    /// fields are kept.
    /// </summary>
    public bool AllowUnknownFields { get; init; }

    /// <summary>What can be done about fields that are not known, said where objects are refused for them; null says nothing.</summary>
    public string? UnknownFieldsCure { get; init; }

    /// <summary>
    /// Whether plans are only shown. What others were interrupted in is told then, and left as it is, as it is by work that only reads.
    /// </summary>
    public bool IsForShow { get; init; }

    /// <summary>Tells of the changes that are going on in the store, or were interrupted there. One listing where there are none.</summary>
    /// <exception cref="StoreException">The listing failed.</exception>
    public async Task TellPendingAsync(CancellationToken cancellationToken = default)
    {
        foreach (var change in await State.ListPendingAsync(cancellationToken).ConfigureAwait(false))
            Tell(new ChangeRecovered(change));
    }

    /// <summary>
    /// Finishes or undoes what others were interrupted in on a cluster that is going to be changed. One read where there is nothing.
    /// </summary>
    public async Task RecoverAsync(string cluster, CancellationToken cancellationToken = default)
    {
        var found = IsForShow
            ? await State.FindPendingAsync(cluster, cancellationToken).ConfigureAwait(false)
            : await State.RecoverAsync(cluster, cancellationToken).ConfigureAwait(false);
        if (found is not null)
            Tell(new ChangeRecovered(found));
    }

    /// <summary>Reads a cluster, and tells of a change of it that is going on or was interrupted.</summary>
    /// <exception cref="OperationException">There is none of that name.</exception>
    public async Task<ClusterState> ReadClusterAsync(string name, CancellationToken cancellationToken = default)
    {
        if (await State.FindPendingAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
            Tell(new ChangeRecovered(found));
        return await GetClusterAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a cluster that is going to be changed, after what others were interrupted in was finished or undone.</summary>
    /// <exception cref="OperationException">There is none of that name.</exception>
    public async Task<ClusterState> ReadClusterToChangeAsync(string name, CancellationToken cancellationToken = default)
    {
        await RecoverAsync(name, cancellationToken).ConfigureAwait(false);
        return await GetClusterAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a cluster that must be there, of a store in which nothing is left over.</summary>
    /// <exception cref="OperationException">There is none of that name.</exception>
    public async Task<ClusterState> GetClusterAsync(string name, CancellationToken cancellationToken = default) =>
        await FindClusterAsync(name, cancellationToken).ConfigureAwait(false)
        ?? throw await ClusterNotFoundAsync(name, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a cluster of a store in which nothing is left over; null when there is none of that name.</summary>
    public async Task<ClusterState?> FindClusterAsync(string name, CancellationToken cancellationToken = default)
    {
        if (await State.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } state)
            return null;
        foreach (var unreadable in state.Unreadable)
            Tell(new UnreadableInstanceGroup(unreadable));
        if (state.Layout.IsMoved)
            Tell(new ConfigBaseElsewhere(state, IsChange: false));
        foreach (var field in state.Cluster.UnknownFields)
            Tell(new NewerField(state.Cluster.File.Path.ToString(), field.Path));
        return state;
    }

    /// <summary>The error for a cluster that is not there: where it has moved, or the nearest name that is.</summary>
    public async Task<OperationException> ClusterNotFoundAsync(string name, CancellationToken cancellationToken = default) =>
        OperationException.NotFound(
            $"cluster \"{name}\" not found in {State.Root}"
                + (
                    await FindMoveAsync(name, cancellationToken).ConfigureAwait(false) is { } moved
                        ? $": it has moved to {moved.To}; use --state {moved.To}"
                        : Suggest.Hint(name, await State.ListNamesAsync(cancellationToken).ConfigureAwait(false))
                )
        );

    /// <summary>A cluster's name, when it can be one.</summary>
    /// <exception cref="OperationException">It cannot.</exception>
    public string CheckName(string name)
    {
        try
        {
            return State.LayoutOf(name).Cluster;
        }
        catch (StateStoreException invalid)
        {
            throw OperationException.InvalidRequest(invalid.Message);
        }
    }

    /// <summary>Tells where a cluster has moved away, and that what is read are its old files.</summary>
    public async Task TellIfMovedAsync(string name, CancellationToken cancellationToken = default)
    {
        if (
            await FindMoveAsync(name, cancellationToken).ConfigureAwait(false) is { Status: MoveStatus.Moved or MoveStatus.Finishing } moved
        )
            Tell(new ClusterMoved(moved));
    }

    /// <summary>Tells which clusters of the store have moved away, where asking costs no request: in the file system.</summary>
    public async Task TellMovedAsync(CancellationToken cancellationToken = default)
    {
        if (!State.Root.Store.IsLocal)
            return;
        foreach (var name in await MoveRecords.ListAsync(State.Root, cancellationToken).ConfigureAwait(false))
            await TellIfMovedAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts to plan changes of a cluster that was read.</summary>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="changed">The cluster as it is going to be, where that is what changes.</param>
    /// <exception cref="OperationException">It is a copy, and the change would be made in the files of the original.</exception>
    public ClusterChanges Change(ClusterState state, Cluster? changed = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckIsNoCopy(state, changed);
        if (state.Layout.IsMoved)
            Tell(new ConfigBaseElsewhere(state, IsChange: true));
        return State.Change(state, Title, AllowUnknownFields);
    }

    /// <summary>Carries a change set out: all of it or nothing. It is recorded, and can be undone.</summary>
    /// <returns>Whether there was anything to do.</returns>
    /// <exception cref="ChangeConflictException">Others changed the same files.</exception>
    /// <exception cref="OperationException">The cluster has moved to another store, or is on its way to this one.</exception>
    /// <exception cref="StoppedException">It was stopped, and what was begun is changed back.</exception>
    /// <exception cref="StateStoreException">Another process is changing the cluster, and does not end.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<bool> ApplyAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ApplyResult result;
        try
        {
            result = await State.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException moved) when (moved.Kind is StateErrorKind.Moved)
        {
            throw OperationException.Conflict(moved.Message);
        }
        catch (OperationCanceledException stopped)
        {
            throw new StoppedException(
                $"stopped; what was begun on cluster \"{changes.Cluster}\" was changed back"
                    + (_done.Count == 0 ? ": nothing was changed" : $". Done before, and kept: {string.Join(", ", _done)}"),
                stopped
            );
        }

        switch (result)
        {
            case ApplyResult.Applied applied:
                _done.Add($"{applied.Id} on cluster \"{changes.Cluster}\"");
                var recorded = new ChangeRecorded(applied.Id, changes);
                Tell(recorded);
                if (applied.NotInHistory is { } reason)
                    Tell(
                        new Advice(
                            EventLevel.Warning,
                            $"the change of cluster \"{changes.Cluster}\" is made, but its record could not be moved into the history "
                                + $"({reason}); mend that before the next change, which waits for it"
                        )
                    );
                await AfterChange(recorded).ConfigureAwait(false);
                return true;
            case ApplyResult.Conflict conflict:
                throw new ChangeConflictException(conflict);
            default:
                return false;
        }
    }

    /// <summary>Refuses to change a cluster whose files are another's, unless the change gives it files of its own.</summary>
    /// <param name="state">The cluster.</param>
    /// <param name="changed">How it shall be; null where it stays.</param>
    /// <param name="harm">What would happen.</param>
    /// <exception cref="OperationException">It is a copy beside its original.</exception>
    internal void CheckIsNoCopy(ClusterState state, Cluster? changed = null, string harm = "a change here would be made in its files")
    {
        if (state.Layout.Original is not { } original)
            return;
        if (changed is not null && State.LayoutOf(state.Name, changed) is var layout && !Overlaps(layout, original))
            return;
        var here = state.Layout.Registry;
        throw OperationException.Conflict(
            $"cluster \"{state.Name}\" in {State.Root} is a copy: its spec names {original}, where the original still stands, and {harm}. "
                + $"Nothing was changed. To change the original, name its store with --state; to "
                + $"take it here, remove this copy and run 'kops state move {state.Name} --to {State.Root}' there; to make the copy a "
                + $"cluster of its own, run 'kops edit cluster {state.Name} --set spec.configBase={here}' (and --unset spec.keyStore, "
                + $"spec.secretStore where they are set)"
        );
    }

    private static bool Overlaps(ClusterLayout layout, VfsPath original) =>
        ((VfsPath[])[layout.ConfigBase, layout.KeyStore, layout.SecretStore]).Any(place => place.Overlaps(original));

    /// <summary>A move that has ended with the cluster at its new place; null where there is none, or its record cannot be read.</summary>
    private async Task<MoveRecord?> FindMoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return
                await MoveRecords.FindAsync(State.Root, name, cancellationToken).ConfigureAwait(false)
                    is { Status: MoveStatus.Moved or MoveStatus.Finishing or MoveStatus.Finished } record
                ? record
                : null;
        }
        catch (KopsException)
        {
            return null;
        }
    }
}
