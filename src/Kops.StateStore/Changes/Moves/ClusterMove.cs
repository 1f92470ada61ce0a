using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// Moves clusters from one state store to another. The new place is reserved, by its store's record for as long as this process works and
/// by a record of the move until the cluster has arrived. Files are copied and compared by content, first while the cluster may still be
/// changed; then its record is held at the old place, and what has changed meanwhile is copied, until a whole pass finds nothing new. Still
/// under that record the cluster's history is taken in and the Cluster object, its paths rewritten, is written at the new place, and the
/// old place is marked
/// (<see cref="MoveRecords"/>): a change is made before that and moves along, or is refused. Nothing is changed or removed at the old
/// place; at the new one nothing is replaced or removed but what the move itself wrote. So there is a complete cluster at every moment,
/// and a move that stopped anywhere goes on from anywhere.
/// </summary>
public sealed class ClusterMove(ClusterStore source, ClusterStore target, TimeProvider clock, ChangeAuthor author)
{
    internal const string ConfigKey = "config";

    /// <summary>How often a cluster that keeps changing is copied anew.</summary>
    private const int MaxPasses = 20;

    private static readonly Func<string> NewName = static () => Guid.NewGuid().ToString("N");

    /// <summary>What moving a cluster would do; null when there is none of that name. Nothing is written.</summary>
    /// <exception cref="StateStoreException">It has moved already, or is moving to another store, or something stands at its new
    /// place.</exception>
    public async Task<MovePlan?> PlanAsync(string cluster, CancellationToken cancellationToken = default)
    {
        if (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false) is not { } state)
            return null;
        var plan = Plan(state);
        await CheckAsync(
                (await MoveRecords.ReadAsync(source.Root, cluster, cancellationToken).ConfigureAwait(false)).Record,
                plan,
                cancellationToken
            )
            .ConfigureAwait(false);
        return plan;
    }

    /// <summary>How many files a plan would copy, and how long they are together: by listings of the cluster's own directories.</summary>
    public static async Task<(long Files, long Bytes)> MeasureAsync(MovePlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (files, bytes) = (0L, 0L);
        foreach (var tree in plan.Trees)
        {
            await foreach (var entry in tree.From.ListTreeAsync(cancellationToken).ConfigureAwait(false))
                (files, bytes) = (files + 1, bytes + (entry.Object?.Size ?? 0));
        }

        return (files, bytes);
    }

    /// <summary>Moves a cluster, or goes on with a move that stopped.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="meter">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops; the same call goes on later.</param>
    /// <returns>What was done; null when there is no cluster of that name.</returns>
    /// <exception cref="StateStoreException">As for <see cref="PlanAsync"/>; or somebody else moves it too, or it keeps
    /// changing.</exception>
    /// <exception cref="StoreException">A store failed. Nothing is lost; the same call goes on.</exception>
    public async Task<MoveSummary?> RunAsync(string cluster, TransferMeter meter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(meter);
        if (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false) is not { } state)
            return null;
        var arrival = await target.HoldAsync(cluster, Title(cluster), cancellationToken).ConfigureAwait(false);
        try
        {
            var plan = Plan(state);
            var (record, version) = await BeginAsync(plan, cancellationToken).ConfigureAwait(false);
            var own = new OwnWrites(record.Name, token => arrival.KeepAsync(token));

            // Most of it while the cluster may still be changed.
            var copied = (await CopyAsync(plan, own, meter, cancellationToken).ConfigureAwait(false)).Copied;
            await BringHistoryAsync(plan, arrival, cancellationToken).ConfigureAwait(false);
            var departure = await source.HoldAsync(cluster, Title(cluster), cancellationToken).ConfigureAwait(false);
            await using (departure.ConfigureAwait(false))
            {
                for (var pass = 0; pass < MaxPasses; pass++)
                {
                    state =
                        await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false)
                        ?? throw new StateStoreException(
                            StateErrorKind.NotFound,
                            $"cluster \"{cluster}\" was deleted from {source.Root} while it was being moved"
                        );
                    plan = Plan(state);
                    var result = await CopyAsync(plan, own, meter, cancellationToken).ConfigureAwait(false);
                    copied += result.Copied;
                    if (result.Copied + result.Deleted > 0)
                        continue;

                    // Everything that is there was compared by content just now.
                    record = record with
                    {
                        Status = MoveStatus.Registering,
                        Changed = clock.GetUtcNow(),
                        Registrations = [.. record.Registrations, arrival.Name],
                        ConfigSha256 = [.. record.ConfigSha256, ContentDigest.Of(plan.Config)],
                        Trees = [.. plan.Trees.Select(tree => new MovedTree(KeyOf(tree)))],
                    };
                    var history = await BringHistoryAsync(plan, arrival, cancellationToken).ConfigureAwait(false);
                    await departure.KeepAsync(cancellationToken).ConfigureAwait(false);
                    version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
                    if (await RegisterAsync(plan, record, arrival, cancellationToken).ConfigureAwait(false))
                    {
                        await arrival.DisposeAsync().ConfigureAwait(false);
                        arrival = await target.HoldAsync(cluster, Title(cluster), cancellationToken).ConfigureAwait(false);
                    }

                    if (
                        (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false))?.Cluster.File.Sha256
                        != plan.Source.Cluster.File.Sha256
                    )
                        continue;
                    await departure.KeepAsync(cancellationToken).ConfigureAwait(false);
                    await MarkAsync(record, result.Trees, version, departure, cancellationToken).ConfigureAwait(false);
                    await FreeAsync(record, cancellationToken).ConfigureAwait(false);
                    return new MoveSummary(plan, copied, result.Verified, history);
                }
            }
        }
        finally
        {
            await arrival.DisposeAsync().ConfigureAwait(false);
        }

        throw new StateStoreException(
            StateErrorKind.Busy,
            $"the files of cluster \"{cluster}\" keep changing at {source.Root}; wait until nobody changes it, and run the command again"
        );
    }

    /// <summary>Takes away the reservation of the new place where a move died after the cluster had arrived there.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task SettleAsync(string cluster, CancellationToken cancellationToken = default)
    {
        var record = await MoveRecords.FindAsync(source.Root, cluster, cancellationToken).ConfigureAwait(false);
        if (record is { Status: MoveStatus.Moved or MoveStatus.Finishing or MoveStatus.Finished })
            await FreeAsync(record, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Marks the old place. Where this process was silent for so long that another may have taken it for dead, and changed the cluster
    /// before the mark stood, the mark is taken back.
    /// </summary>
    private async Task MarkAsync(
        MoveRecord record,
        IReadOnlyList<MovedTree> trees,
        ObjectVersion version,
        ClusterHold departure,
        CancellationToken cancellationToken
    )
    {
        await departure.KeepAsync(cancellationToken).ConfigureAwait(false);
        var moved = record with { Status = MoveStatus.Moved, Changed = clock.GetUtcNow(), Trees = trees };
        version = await MoveRecords.WriteAsync(source.Root, moved, version, cancellationToken).ConfigureAwait(false);
        try
        {
            await departure.KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StateStoreException)
        {
            await MoveRecords.WriteAsync(source.Root, record, version, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task FreeAsync(MoveRecord record, CancellationToken cancellationToken)
    {
        var (there, version) = await MoveRecords.ReadAsync(target.Root, record.Cluster, cancellationToken).ConfigureAwait(false);
        if (there is { Status: MoveStatus.Arriving } && there.Name == record.Name)
            await RecordFile
                .GiveUpAsync(MoveRecords.PathOf(target.Root, record.Cluster), version!.Value, cancellationToken)
                .ConfigureAwait(false);
    }

    private string KeyOf(MoveTree tree) => tree.To.Key[ObjectKey.AsPrefix(target.Root.Key).Length..];

    /// <summary>Records the move at the old place, and reserves the new one; or takes both as they are.</summary>
    private async Task<(MoveRecord Record, ObjectVersion Version)> BeginAsync(MovePlan plan, CancellationToken cancellationToken)
    {
        var name = plan.Source.Name;
        var (record, version) = await MoveRecords.ReadAsync(source.Root, name, cancellationToken).ConfigureAwait(false);
        await CheckAsync(record, plan, cancellationToken).ConfigureAwait(false);
        if (record is null or { Status: MoveStatus.Finished })
        {
            record = new MoveRecord
            {
                Name = NewName(),
                Cluster = name,
                To = target.Root.ToString(),
                Status = MoveStatus.Copying,
                Author = author,
                Started = clock.GetUtcNow(),
                Changed = clock.GetUtcNow(),
            };
            version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
        }

        var (there, reserved) = await MoveRecords.ReadAsync(target.Root, name, cancellationToken).ConfigureAwait(false);
        if (there?.Status is MoveStatus.Arriving && there.Name == record.Name)
            return (record, version!.Value);
        await MoveRecords
            .WriteAsync(
                target.Root,
                record with
                {
                    Status = MoveStatus.Arriving,
                    From = source.Root.ToString(),
                    Registrations = [],
                    ConfigSha256 = [],
                    Trees = [],
                },
                reserved,
                cancellationToken
            )
            .ConfigureAwait(false);
        return (record, version!.Value);
    }

    private MovePlan Plan(ClusterState state) =>
        MovePlanner.Plan(
            state,
            target.Root,
            (read, changed) =>
            {
                var files = new ClusterChanges(state.Layout, Title(state.Name), clock, allowUnknownFields: true)
                    .ReplaceCluster(read, changed)
                    .Build()
                    .Files;
                return files.Count == 0 ? read.File.Bytes : files[0].After!.Value;
            }
        );

    private string Title(string cluster) => $"state move {cluster} --to={target.Root}";

    /// <summary>Whether this move may begin, or go on.</summary>
    private async Task CheckAsync(MoveRecord? record, MovePlan plan, CancellationToken cancellationToken)
    {
        var name = plan.Source.Name;
        switch (record)
        {
            case { Status: MoveStatus.Moved or MoveStatus.Finishing }:
                throw new StateStoreException(
                    StateErrorKind.AlreadyExists,
                    $"cluster \"{name}\" has moved to {record.To}; --finish removes the old files, and deleting "
                        + $"{MoveRecords.PathOf(source.Root, name)} takes the mark away"
                );
            case { Status: not MoveStatus.Finished } when record.To != target.Root.ToString():
                throw new StateStoreException(
                    StateErrorKind.AlreadyExists,
                    $"cluster \"{name}\" is being moved to {record.To}, by {record.Author}; go on with --to {record.To}, or delete "
                        + $"{MoveRecords.PathOf(source.Root, name)} here and there, and what was copied there"
                );
            case { Status: MoveStatus.Arriving }:
                throw new StateStoreException(StateErrorKind.Moved, record.Obstacle(source.Root)!);
            case { Status: MoveStatus.Copying or MoveStatus.Registering }:
                await CheckNotTakenAsync(record, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await CheckFreeAsync(plan, cancellationToken).ConfigureAwait(false);
                break;
        }

        if (
            await MoveRecords.FindAsync(target.Root, name, cancellationToken).ConfigureAwait(false) is { Status: MoveStatus.Arriving } other
            && other.From != source.Root.ToString()
        )
            throw new StateStoreException(StateErrorKind.Moved, other.Obstacle(target.Root)!);
    }

    private static async Task CheckFreeAsync(MovePlan plan, CancellationToken cancellationToken)
    {
        foreach (var tree in plan.Trees)
        {
            await foreach (var entry in tree.To.ListAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new StateStoreException(
                    StateErrorKind.AlreadyExists,
                    $"{entry.Path} stands where cluster \"{plan.Source.Name}\" would move to; move it away, or choose another store. "
                        + $"Nothing was changed"
                );
            }
        }
    }

    /// <summary>
    /// Somebody may have made a cluster at the new place while the move was interrupted, or have begun to work on the one that it has
    /// registered there, though the old place does not know yet.
    /// </summary>
    private async Task CheckNotTakenAsync(MoveRecord record, CancellationToken cancellationToken)
    {
        var name = record.Cluster;
        var there = await StoredFile.ReadAsync(target.LayoutOf(name).Config, cancellationToken).ConfigureAwait(false);
        if (there.Exists && !IsOwn(record, there))
            throw Taken(name);
        if (!there.Exists)
            return;

        // What came along is nobody's work there.
        var brought = await source.History.ListNamesAsync(name, cancellationToken).ConfigureAwait(false);
        var names = brought.Select(change => (change.Name, change.Ended)).ToHashSet();
        var made = await target.History.ListNamesAsync(name, cancellationToken).ConfigureAwait(false);
        if (made.FirstOrDefault(change => !names.Contains((change.Name, change.Ended))) is not { } newest)
            return;
        if (record.Registrations.Any(registration => registration.StartsWith(newest.Name, StringComparison.Ordinal)))
            return;
        var change = await target.History.ReadAsync(newest, cancellationToken).ConfigureAwait(false);
        throw new StateStoreException(
            StateErrorKind.AlreadyExists,
            $"cluster \"{name}\" is in use at {target.Root} already ({change?.Title ?? newest.Id}, by {change?.Author}), though its move "
                + $"had not ended; compare the two with 'kops state verify', and delete the one that is not wanted"
        );
    }

    /// <summary>Whether the Cluster object at the new place is one that this move wrote.</summary>
    private static bool IsOwn(MoveRecord record, StoredFile there) =>
        there.Path.KeepsMarks()
            ? record.Registrations.Any(name => there.Mark?.StartsWith(name, StringComparison.Ordinal) is true)
            : record.ConfigSha256.Contains(there.Sha256);

    private StateStoreException Taken(string cluster) =>
        new(
            StateErrorKind.AlreadyExists,
            $"somebody else has made a cluster \"{cluster}\" at {target.Root}; that of {source.Root} stays as it is. Choose another "
                + $"store, or delete the other one"
        );

    private async Task<CopyResult> CopyAsync(MovePlan plan, OwnWrites own, TransferMeter meter, CancellationToken cancellationToken)
    {
        var (copied, deleted, verified) = (0L, 0L, 0L);
        var trees = new List<MovedTree>();
        foreach (var tree in plan.Trees)
        {
            // The Cluster object comes last, and by another way.
            var isRegistry = tree.From.IsSamePlace(plan.Source.Layout.Registry);
            var options = new TransferOptions
            {
                ByContent = true,
                Delete = true,
                Skip = key => isRegistry && key == ConfigKey,
            };
            var files = new Dictionary<string, string>(StringComparer.Ordinal);
            var result = await new TreeTransfer(tree.From, tree.To, options, meter)
            {
                Seen = (key, info) => files[key] = FilePrint.Of(info),
                Own = own,
            }
                .RunAsync(cancellationToken)
                .ConfigureAwait(false);
            if (result.Failures.Count > 0)
                throw result.Failures[0];
            if (result.Conflicts.Count > 0)
                throw new StateStoreException(
                    StateErrorKind.AlreadyExists,
                    $"{result.Conflicts[0]}{(result.Conflicts.Count > 1 ? $" and {result.Conflicts.Count - 1} more" : string.Empty)}, "
                        + $"where cluster \"{plan.Source.Name}\" moves to, was not written by its move, as far as can be told: it stays. "
                        + "Move it away, or delete it, and run the command again"
                );
            (copied, deleted, verified) = (copied + result.Copied, deleted + result.Deleted, verified + result.Unchanged);
            if (isRegistry)
                files[ConfigKey] = plan.Source.Cluster.File.Sha256!;
            trees.Add(new MovedTree(KeyOf(tree)) { Files = files });
        }

        return new CopyResult(copied, deleted, verified, trees);
    }

    private Task<ArrivedHistory> BringHistoryAsync(MovePlan plan, ClusterHold arrival, CancellationToken cancellationToken) =>
        new HistoryArrival(target.History, plan.Source.Name, source.Root.ToString(), plan.Rewrite).TakeInAsync(
            source.History,
            arrival.KeepAsync,
            cancellationToken
        );

    /// <summary>
    /// Writes the Cluster object at the new place, if none stands there but one that this move wrote. Says whether there was need to, which
    /// ends the hold.
    /// </summary>
    private async Task<bool> RegisterAsync(MovePlan plan, MoveRecord record, ClusterHold hold, CancellationToken cancellationToken)
    {
        var name = plan.Source.Name;
        var there = await StoredFile.ReadAsync(target.LayoutOf(name).Config, cancellationToken).ConfigureAwait(false);
        if (there.Exists && !IsOwn(record, there))
            throw Taken(name);
        var changes = new ChangeSetBuilder(name, $"moved from {plan.Source.Layout.Registry}").Write(there, plan.Config);

        // What was said and done last stands outside of the cluster's directories.
        var (from, to) = (plan.Source.Layout, target.LayoutOf(name));
        foreach (var (old, place) in new[] { (from.AppliedGroups, to.AppliedGroups), (from.SaidFlags, to.SaidFlags) })
        {
            if ((await StoredFile.ReadAsync(old, cancellationToken).ConfigureAwait(false)).Content is { } content)
                changes.Write(await StoredFile.ReadAsync(place, cancellationToken).ConfigureAwait(false), content);
        }

        return await hold.ApplyAsync(changes.Build(), cancellationToken).ConfigureAwait(false) switch
        {
            ApplyResult.Conflict => throw Taken(name),
            var result => result is ApplyResult.Applied,
        };
    }

    private sealed record CopyResult(long Copied, long Deleted, long Verified, IReadOnlyList<MovedTree> Trees);
}
