using Kops.Api;
using Kops.Api.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore;

/// <summary>
/// The clusters in a store: typed, versioned, changed by compare-and-swap. A command reads, plans its changes with
/// <see cref="Change(ClusterState, string, bool)"/>, shows them or applies them with <see cref="ApplyAsync"/>, which records them under
/// <c>.kops/</c>. Safe to be used from many threads.
/// </summary>
/// <example>
/// <code>
/// var state = await store.ReadAsync("demo.example.com");
/// var cluster = state.Cluster.Copy();
/// cluster.Spec.Channel = "alpha";
/// var changes = store.Change(state, "edit cluster").ReplaceCluster(state.Cluster, cluster).Build();
/// var result = await store.ApplyAsync(changes);
/// </code>
/// </example>
public sealed class ClusterStore
{
    private readonly StoreRegistry _stores;
    private readonly TimeProvider _clock;
    private readonly ClusterReader _reader;
    private readonly ChangeJournal _journal;
    private readonly ChangeApplier _applier;

    /// <summary>Opens the state in a store. Nothing is requested yet.</summary>
    /// <param name="root">The state store, as <c>--state</c> names it.</param>
    /// <param name="stores">Opens the other stores that a cluster's spec may name.</param>
    /// <param name="clock">The time.</param>
    /// <param name="author">Who changes, for the record.</param>
    /// <param name="probe">Tells dead processes from living ones; null: nobody can tell, and leases have to run out.</param>
    /// <param name="options">Leases and waiting; null for the defaults.</param>
    public ClusterStore(
        VfsPath root,
        StoreRegistry stores,
        TimeProvider clock,
        ChangeAuthor author,
        IProcessProbe? probe = null,
        JournalOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(author);
        (Root, _stores, _clock) = (root, stores, clock);
        options ??= new JournalOptions();
        _reader = new ClusterReader(root, stores);
        _journal = new ChangeJournal(root, stores, clock, author, probe, options)
        {
            // A mover that died may have its mark on the way.
            TakenOver = (hold, cancellationToken) => MoveRecords.RenewAsync(root, hold.Cluster, clock.GetUtcNow(), cancellationToken),
        };
        _applier = new ChangeApplier(_journal, clock, author, CheckNotMovedAsync);
        History = new ChangeHistory(_journal, stores, clock);
    }

    /// <summary>The state store's root.</summary>
    public VfsPath Root { get; }

    /// <summary>The changes that were applied, and taking one back.</summary>
    public ChangeHistory History { get; }

    /// <summary>By which rules objects are checked before they are stored; null stores whatever is handed in.</summary>
    public ValidationOptions? Rules { get; init; } = ValidationOptions.Default;

    /// <summary>Length of new RSA keys in bits (kOps' <c>KOPS_RSA_PRIVATE_KEY_SIZE</c>).</summary>
    public int KeyBits { get; init; } = SelfSignedAuthority.KeyBits;

    /// <summary>
    /// The names of the directories that may be clusters, in key order, for completion: one delimited listing, nothing is read. Only
    /// reading tells whether a directory holds a cluster.
    /// </summary>
    public Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        _reader.ListNamesAsync(cancellationToken);

    /// <summary>All clusters: one delimited listing, then their objects side by side. One that cannot be read hides no other.</summary>
    public Task<ClusterListing<StoredObject<Cluster>>> ListAsync(CancellationToken cancellationToken = default) =>
        _reader.ListAsync(cluster => cluster, cancellationToken);

    /// <summary>All clusters, of each of which just a part is kept: a store of thousands then takes little memory.</summary>
    /// <param name="select">Takes the part out of a cluster; called from several threads.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ClusterListing<T>> ListAsync<T>(Func<StoredObject<Cluster>, T> select, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(select);
        return _reader.ListAsync(select, cancellationToken);
    }

    /// <summary>
    /// A cluster and its instance groups; null when there is none of that name. One listing and a read for each object; where
    /// <c>spec.configBase </c>
    /// names another place, one listing more, to see whether the store was moved (<see cref="ClusterLayout.IsMoved"/>).
    /// </summary>
    /// <exception cref="StateStoreException">The name cannot be a cluster's, or the object in its directory bears another one.</exception>
    /// <exception cref="InvalidObjectException">The Cluster object cannot be read.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public Task<ClusterState?> ReadAsync(string cluster, CancellationToken cancellationToken = default) =>
        _reader.ReadAsync(cluster, cancellationToken);

    /// <summary>The layout of a cluster that is not in the store yet.</summary>
    /// <param name="cluster">Its name.</param>
    /// <param name="value">Its object, which may place parts elsewhere; null for kOps' defaults.</param>
    /// <exception cref="StateStoreException">The name cannot be a cluster's.</exception>
    public ClusterLayout LayoutOf(string cluster, Cluster? value = null) => ClusterLayout.For(Root, cluster, value, _stores);

    /// <summary>Starts planning changes of a cluster that was read.</summary>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="title">What is done, in the words of the command line, without secrets: it is recorded.</param>
    /// <param name="allowUnknownFields">Whether objects with fields that this program does not know may be overwritten; the fields are
    /// kept.</param>
    public ClusterChanges Change(ClusterState state, string title, bool allowUnknownFields = false)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ClusterChanges(state.Layout, title, _clock, allowUnknownFields) { Rules = Rules, Stored = state.Cluster.Value };
    }

    /// <summary>Starts planning the creation of a cluster.</summary>
    /// <param name="layout">Where its files will stand.</param>
    /// <param name="title">What is done, in the words of the command line, without secrets: it is recorded.</param>
    public ClusterChanges Change(ClusterLayout layout, string title)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new ClusterChanges(layout, title, _clock, allowUnknownFields: false) { Rules = Rules };
    }

    /// <summary>The keysets that a cluster must have: those that are there, and how the others are made. None is made yet.</summary>
    /// <exception cref="StateStoreException">One of them cannot be read.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public Task<IReadOnlyList<PlannedKeyset>> PlanKeysetsAsync(
        ClusterState state,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(names);
        return KeysetPlanner.PlanAsync(state, names, _clock, KeyBits, cancellationToken);
    }

    /// <summary>Plans what <c>update cluster</c> writes: generated files that differ, keysets and tokens that are missing.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public static Task<ChangeSet> PlanUpdateAsync(
        ClusterState state,
        UpdateContent content,
        string title,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(content);
        return ClusterUpdate.PlanAsync(state, content, title, cancellationToken);
    }

    /// <summary>
    /// Carries out a change set: all of it or nothing. What is going to happen is recorded first; then each file is written on condition
    /// that it stands
    /// as it was read. After a conflict, a failure or a cancellation, what was written is changed back; after a crash,
    /// <see cref="RecoverAsync"/>
    /// finishes or undoes it.
    /// </summary>
    /// <exception cref="StateStoreException">Another process is changing the cluster and does not end, or took this change
    /// over; or the cluster has moved to another store, or is on its way to this one.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<ApplyResult> ApplyAsync(ChangeSet changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        await changes.MakeContentsAsync(cancellationToken).ConfigureAwait(false);
        return await _applier.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Finishes or undoes what a process that died left in the middle of changing a cluster. To be called by a command that is going to
    /// change that cluster, before it reads: one read where there is nothing to do. A process that is known to live is left alone; of one
    /// that nobody knows of, it is waited whether its record stands unchanged for a whole lease.
    /// </summary>
    /// <returns>What became of the change; null when none was pending.</returns>
    /// <exception cref="StateStoreException">The name cannot be a cluster's.</exception>
    public Task<RecoveredChange?> RecoverAsync(string cluster, CancellationToken cancellationToken = default) =>
        _journal.RecoverAsync(ClusterName.Check(cluster), cancellationToken);

    /// <summary>
    /// The change of a cluster that is going on or was interrupted, for commands that read: nothing is changed. One read; null when there
    /// is none.
    /// </summary>
    public Task<RecoveredChange?> FindPendingAsync(string cluster, CancellationToken cancellationToken = default) =>
        _journal.FindPendingAsync(cluster, cancellationToken);

    /// <summary>
    /// The changes that are going on, or were interrupted, for commands that read: nothing is changed. One listing where there are none.
    /// A record that is not valid is reported, and hides no other.
    /// </summary>
    /// <exception cref="StoreException">The listing failed.</exception>
    public Task<IReadOnlyList<RecoveredChange>> ListPendingAsync(CancellationToken cancellationToken = default) =>
        _journal.ListPendingAsync(cancellationToken);

    /// <summary>
    /// Keeps others from changing a cluster. What others left there is settled first. The holder may change it though a move has marked
    /// it.
    /// </summary>
    internal Task<ClusterHold> HoldAsync(string cluster, string title, CancellationToken cancellationToken, bool streams = false) =>
        _applier.HoldAsync(ClusterName.Check(cluster), title, streams, cancellationToken);

    /// <summary>
    /// To be looked at under the cluster's record, since a move marks the cluster under it: a change is made before the last files are
    /// copied, or not at all.
    /// </summary>
    internal async Task CheckNotMovedAsync(string cluster, CancellationToken cancellationToken)
    {
        if (
            await MoveRecords.FindAsync(Root, cluster, cancellationToken).ConfigureAwait(false) is { } move
            && move.Obstacle(Root) is { } text
        )
            throw new StateStoreException(StateErrorKind.Moved, text);
    }
}
