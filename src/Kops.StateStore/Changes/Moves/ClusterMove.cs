using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// Moves clusters from one state store to another. Files are copied and compared by content, again and again until nothing has changed
/// meanwhile;
/// only then the Cluster object, with its paths rewritten, is written at the new place, through that store's journal and on
/// condition that no other stands there. The old place is left as it is and marked (<see cref="MoveRecords"/>). So there is a complete
/// cluster at every
/// moment, and a move that stopped anywhere goes on from anywhere: the old store remembers how far it is.
/// </summary>
public sealed class ClusterMove(ClusterStore source, ClusterStore target, TimeProvider clock, ChangeAuthor author)
{
    /// <summary>How often a cluster that keeps changing is copied anew.</summary>
    private const int MaxPasses = 20;

    private const string TitleStart = "state move ";

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
        var (record, version) = await MoveRecords.ReadAsync(source.Root, cluster, cancellationToken).ConfigureAwait(false);
        var plan = Plan(state);
        await CheckAsync(record, plan, cancellationToken).ConfigureAwait(false);
        if (record is null or { Status: MoveStatus.Finished })
        {
            record = new MoveRecord
            {
                Cluster = cluster,
                To = target.Root.ToString(),
                Status = MoveStatus.Copying,
                Author = author,
                Started = clock.GetUtcNow(),
                Changed = clock.GetUtcNow(),
                Trees = Addresses(plan),
            };
            version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
        }

        var copied = 0L;
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            if (pass > 0)
            {
                state =
                    await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false)
                    ?? throw new StateStoreException(
                        StateErrorKind.NotFound,
                        $"cluster \"{cluster}\" was deleted from {source.Root} while it was being moved"
                    );
                plan = Plan(state);
            }

            var result = await CopyAsync(plan, meter, cancellationToken).ConfigureAwait(false);
            copied += result.Copied;
            if (result.Copied + result.Deleted > 0)
                continue;

            // Everything that is there was compared by content just now.
            var digest = ContentDigest.Of(plan.Config);
            if (
                record.Status is not MoveStatus.Registering
                || record.ConfigSha256[^1] != digest
                || !record.Trees.SequenceEqual(Addresses(plan))
            )
            {
                record = record with
                {
                    Status = MoveStatus.Registering,
                    Changed = clock.GetUtcNow(),
                    ConfigSha256 = [.. record.ConfigSha256.Where(known => known != digest), digest],
                    Trees = Addresses(plan),
                };
                version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
            }

            await RegisterAsync(plan, record, cancellationToken).ConfigureAwait(false);
            if (
                (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false))?.Cluster.File.Sha256
                != plan.Source.Cluster.File.Sha256
            )
                continue;
            record = record with { Status = MoveStatus.Moved, Changed = clock.GetUtcNow(), SourceSha256 = result.Digest };
            await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
            return new MoveSummary(plan, copied, result.Verified);
        }

        throw new StateStoreException(
            StateErrorKind.Busy,
            $"the files of cluster \"{cluster}\" keep changing at {source.Root}; wait until nobody changes it, and run the command again"
        );
    }

    private static (string From, string To)[] Addresses(MovePlan plan) =>
        [.. plan.Trees.Select(tree => (tree.From.FullAddress, tree.To.FullAddress))];

    private MovePlan Plan(ClusterState state) =>
        MovePlanner.Plan(
            state,
            target.Root,
            changed =>
            {
                var files = new ClusterChanges(state.Layout, Title(state.Name), clock, allowUnknownFields: true)
                    .ReplaceCluster(state.Cluster, changed)
                    .Build()
                    .Files;
                return files.Count == 0 ? state.Cluster.File.Bytes : files[0].After!.Value;
            }
        );

    private string Title(string cluster) => $"{TitleStart}{cluster} --to={target.Root}";

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
                        + $"{MoveRecords.PathOf(source.Root, name)} and what was copied there"
                );
            case { Status: MoveStatus.Registering }:
                await CheckNotInUseAsync(name, cancellationToken).ConfigureAwait(false);
                break;
            case { Status: MoveStatus.Copying }:
                break;
            default:
                await CheckFreeAsync(plan, cancellationToken).ConfigureAwait(false);
                break;
        }
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
    /// Once the cluster is registered at its new place, somebody may have begun to work on it there, though the old place does not know
    /// yet.
    /// </summary>
    private async Task CheckNotInUseAsync(string cluster, CancellationToken cancellationToken)
    {
        await foreach (var change in target.History.ListAsync(cluster, cancellationToken).ConfigureAwait(false))
        {
            if (change.Title.StartsWith(TitleStart, StringComparison.Ordinal))
                return;
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"cluster \"{cluster}\" is in use at {target.Root} already ({change.Title}, by {change.Author}), though its move had "
                    + $"not ended; "
                    + "compare the two with 'kops state verify', and delete the one that is not wanted"
            );
        }
    }

    private static async Task<CopyResult> CopyAsync(MovePlan plan, TransferMeter meter, CancellationToken cancellationToken)
    {
        using var digest = new TreeDigest();
        var (copied, deleted, verified) = (0L, 0L, 0L);
        foreach (var tree in plan.Trees)
        {
            // The Cluster object comes last, and by another way.
            var isRegistry = tree.From.IsSamePlace(plan.Source.Layout.Registry);
            var options = new TransferOptions
            {
                ByContent = true,
                Delete = true,
                Skip = key => isRegistry && key == "config",
            };
            var result = await new TreeTransfer(tree.From, tree.To, options, meter) { Seen = digest.Add }
                .RunAsync(cancellationToken)
                .ConfigureAwait(false);
            if (result.Failures.Count > 0)
                throw result.Failures[0];
            (copied, deleted, verified) = (
                copied + result.Copied + result.Conflicts.Count,
                deleted + result.Deleted,
                verified + result.Unchanged
            );
        }

        digest.Add(plan.Source.Cluster.File);
        return new CopyResult(copied, deleted, verified, digest.End());
    }

    /// <summary>Writes the Cluster object at the new place, if none stands there but one that this move wrote.</summary>
    private async Task RegisterAsync(MovePlan plan, MoveRecord record, CancellationToken cancellationToken)
    {
        var name = plan.Source.Name;

        // A process that died here may have left its registration half done. Settled later, it would look like somebody else's.
        await target.RecoverAsync(name, cancellationToken).ConfigureAwait(false);
        var there = await StoredFile.ReadAsync(target.LayoutOf(name).Config, cancellationToken).ConfigureAwait(false);
        if (there.Exists && !record.ConfigSha256.Contains(there.Sha256))
            throw Taken();
        var changes = new ChangeSetBuilder(name, Title(name)).Write(there, plan.Config).Build();
        if (await target.ApplyAsync(changes, cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict)
            throw Taken();

        StateStoreException Taken() =>
            new(
                StateErrorKind.AlreadyExists,
                $"somebody else has made a cluster \"{name}\" at {target.Root}; that of {source.Root} stays as it is. Choose another "
                    + $"store, or delete the other one"
            );
    }

    private sealed record CopyResult(long Copied, long Deleted, long Verified, string Digest);
}
