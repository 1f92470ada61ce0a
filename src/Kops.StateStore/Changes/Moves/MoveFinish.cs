using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>Ends a move: removes the files at the old place, once it is certain that nothing is lost with them.</summary>
public sealed class MoveFinish(ClusterStore source, ClusterStore target, StoreRegistry stores, TimeProvider clock)
{
    private static readonly string[] KeyPlaces = ["pki/private/", "secrets/", "private/"];

    /// <summary>The directories that would be removed, and those that are left since other clusters may use them.</summary>
    /// <exception cref="StateStoreException">The cluster has not moved; or something changed at the old place since; or nodes are still
    /// told of the old place.</exception>
    public async Task<FinishPlan> PlanAsync(string cluster, CancellationToken cancellationToken = default)
    {
        var (record, version) = await MoveRecords.ReadAsync(source.Root, cluster, cancellationToken).ConfigureAwait(false);
        switch (record)
        {
            case null or { Status: MoveStatus.Finished }:
                throw new StateStoreException(
                    StateErrorKind.NotFound,
                    $"no move of cluster \"{cluster}\" from {source.Root} is waiting to be finished"
                );
            case { Status: MoveStatus.Copying or MoveStatus.Registering }:
                throw new StateStoreException(
                    StateErrorKind.Unfinished,
                    $"the move of cluster \"{cluster}\" to {record.To} has not ended; run it again without --finish first"
                );
        }

        var all = record.Trees.Select(tree => new MoveTree(stores.Resolve(tree.From), stores.Resolve(tree.To))).ToArray();
        var own = all.Where(tree => tree.From.Key.Split('/').Contains(cluster) || tree.From.Name == cluster).ToArray();
        if (record.Status is MoveStatus.Moved)
            await CheckAsync(cluster, record, all, cancellationToken).ConfigureAwait(false);
        return new FinishPlan(record, version, own, [.. all.Except(own).Select(tree => tree.From)]);
    }

    /// <summary>Removes what was planned. Stopped in the middle, the same goes on later.</summary>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="StateStoreException">Somebody changed files at the old place meanwhile.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<long> RunAsync(FinishPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (record, version) = (plan.Record, plan.Version);
        var cluster = record.Cluster;
        var layout = (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false))?.Layout ?? source.LayoutOf(cluster);
        if (record.Status is MoveStatus.Moved)
        {
            record = record with { Status = MoveStatus.Finishing, Changed = clock.GetUtcNow() };
            version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
        }

        // The objects, keys and generated files by the journal, as any deletion; the Cluster object goes first, so that no half of a
        // cluster is seen.
        var files = new List<(VfsPath Path, ObjectInfo Info, bool IsBackup)>();
        foreach (var tree in plan.Trees)
        {
            await foreach (var entry in tree.From.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.Object is { } info)
                    files.Add((entry.Path, info, IsBackup(entry.Path, tree)));
            }
        }

        var read = await FanOut
            .SelectAsync(
                [.. files.Where(file => !file.IsBackup)],
                (file, token) => StoredFile.ReadAsync(file.Path, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        var changes = new ChangeSetBuilder(layout, $"state move {cluster} --finish");
        foreach (var file in read)
            changes.Delete(file, IsKey(file.Path) ? FileSecrecy.Secret : FileSecrecy.Plain);
        if (await source.ApplyAsync(changes.Build(), cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict conflict)
            throw new StateStoreException(
                StateErrorKind.Busy,
                $"somebody changed {conflict.Files[0].Path} while the old files were being removed; run the command again"
            );

        // Backups are written once and never changed, and there may be very many.
        foreach (var tree in plan.Trees)
        {
            var removal = await tree.From.DeleteTreeAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            if (removal.Failures.Count > 0)
                throw removal.Failures[0];
        }

        await MoveRecords
            .WriteAsync(source.Root, record with { Status = MoveStatus.Finished, Changed = clock.GetUtcNow() }, version, cancellationToken)
            .ConfigureAwait(false);
        return files.Count;
    }

    private static bool IsBackup(VfsPath path, MoveTree tree) =>
        path.RelativeTo(tree.From) is { } key && key.StartsWith("backups/", StringComparison.Ordinal);

    private static bool IsKey(VfsPath path) => KeyPlaces.Any(place => path.ToString().Contains("/" + place, StringComparison.Ordinal));

    private async Task CheckAsync(string cluster, MoveRecord record, MoveTree[] trees, CancellationToken cancellationToken)
    {
        var there =
            await target.ReadAsync(cluster, cancellationToken).ConfigureAwait(false)
            ?? throw new StateStoreException(
                StateErrorKind.NotFound,
                $"cluster \"{cluster}\" is not at {target.Root} any more; the files at {source.Root} may be the only ones, and stay"
            );
        using var digest = new TreeDigest();
        foreach (var tree in trees)
        {
            await foreach (var pair in ListingJoin.JoinAsync(tree.From, tree.To, cancellationToken).ConfigureAwait(false))
            {
                if (pair.Source is null)
                    continue;
                if (tree.From.IsSamePlace(source.LayoutOf(cluster).Registry) && pair.Key == "config")
                    continue;
                digest.Add(pair.Key, pair.Source);
                if (pair.Target is null && IsKey(tree.From.Join(pair.Key)))
                {
                    throw new StateStoreException(
                        StateErrorKind.AlreadyExists,
                        $"{tree.From.Join(pair.Key)} is missing at {tree.To}: a key or a secret. Copy it there, or delete it here, if "
                            + $"nobody needs it; nothing was removed"
                    );
                }
            }
        }

        digest.Add(await StoredFile.ReadAsync(source.LayoutOf(cluster).Config, cancellationToken).ConfigureAwait(false));
        if (digest.End() != record.SourceSha256)
        {
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"files of cluster \"{cluster}\" changed at {source.Root} after it had moved, nodes may still write backups there; look "
                    + $"with 'kops state verify {trees[0].From} {trees[0].To}', "
                    + $"bring over what is wanted with 'kops state sync', delete {MoveRecords.PathOf(source.Root, cluster)} and then "
                    + $"the old files by hand. Nothing was removed"
            );
        }

        if (there.Layout.Places.FirstOrDefault(place => trees.Any(tree => tree.From.Overlaps(place.Path))) is { Path: var needed })
        {
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"cluster \"{cluster}\" of {target.Root} still keeps files at {needed}: let its spec name the new place ('kops edit "
                    + $"cluster {cluster} --state {target.Root}'). Nothing was removed"
            );
        }

        var completed = await there.Layout.CompletedSpec.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        string[] old = [source.LayoutOf(cluster).Registry.ToString(), .. trees.Select(tree => tree.From.ToString())];
        if (completed is not null && old.Any(address => completed.Contains(address, StringComparison.Ordinal)))
        {
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"{there.Layout.CompletedSpec} still names {source.Root}: run 'kops update cluster {cluster} --state {target.Root} "
                    + $"--yes', have the nodes replaced, and finish then. Nothing was removed"
            );
        }
    }
}
