using System.Collections.Concurrent;
using Kops.Api.Values;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Changes.Moves;

/// <summary>
/// Ends a move: removes the files at the old place, once it is certain that nothing is lost with them. Each file is looked at on each run,
/// also on one that goes on where another was interrupted: it is removed only as the move verified it, or where the new place holds the
/// same. What came or changed meanwhile stays, and is named.
/// </summary>
public sealed class MoveFinish(ClusterStore source, ClusterStore target, TimeProvider clock)
{
    /// <summary>Larger ones are no objects, keys or generated files, and are not read.</summary>
    private const long MaxReadBytes = 16 << 20;

    // As many as S3 and its relatives take, and few enough for a sign of life in between.
    private const int BatchSize = 1000;
    private const int MaxNamed = 5;
    private static readonly string[] KeyPlaces = ["pki/private/", "secrets/", "private/"];

    /// <summary>The directories that would be removed, and those that are left since other clusters may use them.</summary>
    /// <exception cref="StateStoreException">The cluster has not moved; or something changed at the old place since; or nodes are still
    /// told of the old place.</exception>
    public async Task<FinishPlan> PlanAsync(string cluster, CancellationToken cancellationToken = default)
    {
        var (record, version) = await MoveRecords.ReadAsync(source.Root, cluster, cancellationToken).ConfigureAwait(false);
        switch (record)
        {
            case null or { Status: MoveStatus.Finished or MoveStatus.Arriving }:
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

        var (own, left) = (new List<MoveTree>(), new List<VfsPath>());
        foreach (var tree in record.Trees)
        {
            var from = source.Root.Join(tree.Key);
            if (await IsOwnAsync(cluster, tree.Key, cancellationToken).ConfigureAwait(false))
                own.Add(new MoveTree(from, target.Root.Join(tree.Key)));
            else
                left.Add(from);
        }

        var plan = new FinishPlan(record, version, own, left);
        await CheckPlaceAsync(record, cancellationToken).ConfigureAwait(false);
        await CheckFilesAsync(plan, cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <summary>Removes what was planned. Stopped in the middle, the same goes on later.</summary>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="StateStoreException">Somebody changed files at the old place meanwhile.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<long> RunAsync(FinishPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var cluster = plan.Record.Cluster;
        var title = $"state move {cluster} --finish";
        var hold = await source.HoldAsync(cluster, title, cancellationToken).ConfigureAwait(false);
        await using (hold.ConfigureAwait(false))
        {
            // It may have been finished, or moved back and forth, since it was planned.
            plan = await PlanAsync(cluster, cancellationToken).ConfigureAwait(false);
            await new ClusterMove(source, target, clock, plan.Record.Author).SettleAsync(cluster, cancellationToken).ConfigureAwait(false);
            var layout = (await source.ReadAsync(cluster, cancellationToken).ConfigureAwait(false))?.Layout ?? source.LayoutOf(cluster);

            // They are read before they are looked at once more: so what is removed is what was looked at.
            var changes = new ChangeSetBuilder(layout, title);
            var recorded = new HashSet<string>(StringComparer.Ordinal);
            foreach (var file in await ReadAsync(plan, layout, cancellationToken).ConfigureAwait(false))
            {
                changes.Delete(file, IsKey(file.Path) ? FileSecrecy.Secret : FileSecrecy.Plain);
                recorded.Add(file.Path.ToString());
            }

            foreach (var said in new[] { layout.AppliedGroups, layout.SaidFlags })
                changes.Delete(await StoredFile.ReadAsync(said, cancellationToken).ConfigureAwait(false));
            var files = await CheckFilesAsync(plan, cancellationToken).ConfigureAwait(false);
            var (record, version) = (plan.Record, plan.Version);
            if (record.Status is MoveStatus.Moved)
            {
                record = record with { Status = MoveStatus.Finishing, Changed = clock.GetUtcNow() };
                version = await MoveRecords.WriteAsync(source.Root, record, version, cancellationToken).ConfigureAwait(false);
            }

            // Backups of etcd, of which there may be very many; and what the cluster's spec, which may be gone, would have to name.
            await DeleteAsync(files.Where(file => !recorded.Contains(file.Path.ToString())), hold, cancellationToken).ConfigureAwait(false);

            // The objects, keys and generated files by the journal, as any deletion.
            if (await hold.ApplyAsync(changes.Build(), cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict conflict)
                throw Changed(conflict.Files[0].Path);
            await CheckNothingLeftAsync(plan, cancellationToken).ConfigureAwait(false);
            await MoveRecords
                .WriteAsync(
                    source.Root,
                    record with
                    {
                        Status = MoveStatus.Finished,
                        Changed = clock.GetUtcNow(),
                        Trees = [],
                    },
                    version,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return files.Count;
        }
    }

    private static bool IsKey(VfsPath path) => KeyPlaces.Any(place => path.ToString().Contains("/" + place, StringComparison.Ordinal));

    private static StateStoreException Changed(VfsPath path) =>
        new(
            StateErrorKind.Busy,
            $"somebody changed {path} while the old files were being removed; it stays. Run the command again, to have what is there "
                + "looked at anew"
        );

    /// <summary>
    /// Whether a directory is this cluster's alone: its name says so, and it is no part of what belongs to another cluster or to this
    /// program.
    /// </summary>
    private async Task<bool> IsOwnAsync(string cluster, string key, CancellationToken cancellationToken)
    {
        var parts = key.Split('/');
        return parts.Contains(cluster, StringComparer.Ordinal)
            && parts[0][0] != '.'
            && (
                parts[0] == cluster
                || await source.Root.Join(parts[0], ClusterMove.ConfigKey).StatAsync(cancellationToken).ConfigureAwait(false) is null
            );
    }

    /// <summary>The files that are removed through the journal, which can tell where they lie.</summary>
    private static async Task<IReadOnlyList<StoredFile>> ReadAsync(
        FinishPlan plan,
        ClusterLayout layout,
        CancellationToken cancellationToken
    )
    {
        var paths = new List<VfsPath>();
        foreach (var tree in plan.Trees)
        {
            await foreach (var entry in tree.From.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (
                    entry.Object is { Size: <= MaxReadBytes }
                    && entry.Path.RelativeTo(tree.From)?.StartsWith("backups/", StringComparison.Ordinal) is false
                    && layout.AddressOf(entry.Path) is not null
                )
                    paths.Add(entry.Path);
            }
        }

        return await FanOut.SelectAsync(paths, StoredFile.ReadAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes files: many with one request where the store does that, and has no conditions for deletions anyway.</summary>
    private static async Task DeleteAsync(
        IEnumerable<(VfsPath Path, ObjectInfo Info)> files,
        ClusterHold hold,
        CancellationToken cancellationToken
    )
    {
        var others = new List<(VfsPath Path, ObjectInfo Info)>();
        foreach (var some in files.GroupBy(file => file.Path.Store))
        {
            if (some.Key.Driver.Capabilities.ConditionalDelete || some.Key.Driver.As<IBatchDelete>() is not { } batch)
            {
                others.AddRange(some);
                continue;
            }

            foreach (var chunk in some.Chunk(BatchSize))
            {
                await hold.KeepAsync(cancellationToken).ConfigureAwait(false);
                if (
                    await batch.DeleteBatchAsync([.. chunk.Select(file => file.Path.Key)], cancellationToken).ConfigureAwait(false)
                    is [var failure, ..]
                )
                    throw failure;
            }
        }

        await DeleteEachAsync(others, hold, cancellationToken).ConfigureAwait(false);
    }

    private static Task DeleteEachAsync(
        IReadOnlyList<(VfsPath Path, ObjectInfo Info)> files,
        ClusterHold hold,
        CancellationToken cancellationToken
    ) =>
        Parallel.ForEachAsync(
            files,
            new ParallelOptions { MaxDegreeOfParallelism = VfsReading.DefaultConcurrency, CancellationToken = cancellationToken },
            async (file, token) =>
            {
                await hold.KeepAsync(token).ConfigureAwait(false);
                var info = file.Info;
                if (info.Version is null)
                {
                    // A directory's listing gives no versions.
                    if (await file.Path.StatAsync(token).ConfigureAwait(false) is not { } now)
                        return;
                    if (FilePrint.Of(now) != FilePrint.Of(info))
                        throw Changed(file.Path);
                    info = now;
                }

                var condition =
                    info.Version is { } version && file.Path.Store.Capabilities.ConditionalDelete
                        ? WriteCondition.IfMatch(version)
                        : WriteCondition.Any;
                if (!(await file.Path.DeleteAsync(condition, token).ConfigureAwait(false)).Succeeded)
                    throw Changed(file.Path);
            }
        );

    /// <summary>Looks at each file of the old place, and gives them all: each is as it was verified, or stands at the new place.</summary>
    /// <exception cref="StateStoreException">One came or changed meanwhile, or is a key that the new place lacks.</exception>
    private async Task<List<(VfsPath Path, ObjectInfo Info)>> CheckFilesAsync(FinishPlan plan, CancellationToken cancellationToken)
    {
        var (cluster, files, unknown) = (plan.Record.Cluster, new List<(VfsPath Path, ObjectInfo Info)>(), new ConcurrentBag<string>());
        var config = source.LayoutOf(cluster).Config;
        foreach (var tree in plan.Trees)
        {
            var verified = plan.Record.Trees.First(moved => source.Root.Join(moved.Key).Equals(tree.From)).Files;
            var doubtful = new List<ListedPair>();
            await foreach (var pair in ListingJoin.JoinAsync(tree.From, tree.To, cancellationToken).ConfigureAwait(false))
            {
                if (pair.Source is not { } there)
                    continue;
                var path = tree.From.Join(pair.Key);
                files.Add((path, there));
                var isAsVerified = path.Equals(config)
                    ? verified.GetValueOrDefault(pair.Key)
                        == (await StoredFile.ReadAsync(path, cancellationToken).ConfigureAwait(false)).Sha256
                    : verified.GetValueOrDefault(pair.Key) == FilePrint.Of(there);
                if (!isAsVerified)
                    doubtful.Add(pair);
                else if (pair.Target is null && IsKey(path))
                    throw new StateStoreException(
                        StateErrorKind.AlreadyExists,
                        $"{path} is missing at {tree.To}: a key or a secret. Copy it there, or delete it here, if "
                            + $"nobody needs it; nothing was removed"
                    );
            }

            await Parallel
                .ForEachAsync(
                    doubtful,
                    cancellationToken,
                    async (pair, token) =>
                    {
                        var (from, to) = (tree.From.Join(pair.Key), tree.To.Join(pair.Key));
                        if (
                            pair.Target is not { } there
                            || !await ContentComparison.IsSameAsync(from, pair.Source!, to, there, token).ConfigureAwait(false)
                        )
                            unknown.Add(from.ToString());
                    }
                )
                .ConfigureAwait(false);
        }

        if (unknown.IsEmpty)
            return files;
        throw new StateStoreException(
            StateErrorKind.AlreadyExists,
            $"files of cluster \"{cluster}\" changed at {source.Root} after it had moved, nodes may still write backups there: "
                + $"{Named([.. unknown.Order(StringComparer.Ordinal)])}. Bring over what is wanted with 'kops state sync', delete what is "
                + "not, and run the command again. Nothing was removed"
        );
    }

    private static async Task CheckNothingLeftAsync(FinishPlan plan, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var tree in plan.Trees)
        {
            await foreach (var entry in tree.From.ListTreeAsync(cancellationToken).ConfigureAwait(false))
                left.Add(entry.Path.ToString());
        }

        if (left.Count > 0)
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"while the old files were being removed there came {Named(left)}: left as it is. Run the command again, to have it looked "
                    + "at"
            );
    }

    private static string Named(List<string> paths) =>
        string.Join(", ", paths.Take(MaxNamed).Select(PlainText.Of))
        + (paths.Count > MaxNamed ? $" and {paths.Count - MaxNamed} more" : string.Empty);

    /// <summary>The new place must be the cluster's, and nothing there may still need the old one.</summary>
    private async Task CheckPlaceAsync(MoveRecord record, CancellationToken cancellationToken)
    {
        var cluster = record.Cluster;
        var there =
            await target.ReadAsync(cluster, cancellationToken).ConfigureAwait(false)
            ?? throw new StateStoreException(
                StateErrorKind.NotFound,
                $"cluster \"{cluster}\" is not at {target.Root} any more; the files at {source.Root} may be the only ones, and stay"
            );
        VfsPath[] old = [source.LayoutOf(cluster).Registry, .. record.Trees.Select(tree => source.Root.Join(tree.Key))];
        if (there.Layout.Places.FirstOrDefault(place => old.Any(from => from.Overlaps(place.Path))) is { Path: var needed })
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"cluster \"{cluster}\" of {target.Root} still keeps files at {needed}: let its spec name the new place ('kops edit "
                    + $"cluster {cluster} --state {target.Root}'). Nothing was removed"
            );
        var completed = await there.Layout.CompletedSpec.ReadTextAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> names = old.SelectMany(place => new[] { place.ToString(), place.FullAddress });
        if (completed is not null && names.Any(name => completed.Contains(name, StringComparison.Ordinal)))
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"{there.Layout.CompletedSpec} still names {source.Root}: run 'kops update cluster {cluster} --state {target.Root} "
                    + $"--yes', have the nodes replaced, and finish then. Nothing was removed"
            );
    }
}
