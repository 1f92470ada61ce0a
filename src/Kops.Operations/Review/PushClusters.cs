using System.Text;
using Kops.Api.Diff;
using Kops.Operations.Events;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Operations.Review;

/// <summary>Applies what was edited in a directory that was pulled, on condition that the store stands as it was pulled.</summary>
public static class PushClusters
{
    /// <summary>Compares the directory with the store, and plans a change for each cluster of which something was edited.</summary>
    /// <exception cref="OperationException">
    /// Nothing was pulled there, or from another store; or somebody else changed the same files since.
    /// </exception>
    /// <exception cref="Kops.Api.InvalidObjectException">What was edited may not be stored.</exception>
    /// <exception cref="StateStoreException">The directory cannot be read.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<PlannedPush> PlanAsync(
        ClusterSession session,
        ReviewDirectory directory,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(directory);
        var record =
            directory.ReadRecord()
            ?? throw OperationException.NotFound(
                $"{directory.Path} holds no {PullRecord.FileName}: 'kops state pull {directory.Path}' makes one, and then its files are "
                    + $"edited"
            );
        if (record.Store != session.State.Root.ToString())
            throw OperationException.Failed(
                $"{directory.Path} was pulled from {record.Store}, and this is {session.State.Root}; push to that store with --state "
                    + $"{record.Store}"
            );
        var reviews = await CompareAsync(session, directory, record, cancellationToken).ConfigureAwait(false);
        ThrowConflicts(directory, reviews);

        var clusters = new List<ClusterPush>();
        foreach (var (name, state, items) in reviews)
        {
            List<ReviewItem> edited = [.. items.Where(item => item.Standing is ReviewStanding.Edited)];
            if (edited.Count == 0)
                continue;
            var plan = new ReviewPlan(session, directory, state, name, edited);
            clusters.Add(new ClusterPush(name, await plan.MakeAsync(cancellationToken).ConfigureAwait(false), edited));
        }

        var newer = reviews.Sum(review => review.Items.Count(item => item.Standing is ReviewStanding.Newer));
        if (newer > 0)
            session.Tell(
                new Advice(
                    EventLevel.Note,
                    $"{newer} other file{(newer == 1 ? " was" : "s were")} changed in the store since; 'kops state pull "
                        + $"{directory.Path}' brings {(newer == 1 ? "it" : "them")}."
                )
            );
        return new PlannedPush(directory, clusters);
    }

    /// <summary>Makes the change of one cluster, and takes over in the directory how it stands now.</summary>
    /// <exception cref="ChangeConflictException">Others changed the same files meanwhile.</exception>
    /// <exception cref="StateStoreException">The directory cannot be written.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task ApplyAsync(
        ClusterSession session,
        PlannedPush push,
        ClusterPush cluster,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(push);
        ArgumentNullException.ThrowIfNull(cluster);
        var pull = new ReviewPull(push.Directory, session.State.Root.ToString());
        if (!cluster.Changes.IsEmpty)
            pull.Announce(cluster.Changes);
        await session.ApplyAsync(cluster.Changes, cancellationToken).ConfigureAwait(false);
        var state = await session.GetClusterAsync(cluster.Name, cancellationToken).ConfigureAwait(false);
        await pull.AcceptAsync(state, cluster.Edited, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<(string Name, ClusterState? State, IReadOnlyList<ReviewItem> Items)>> CompareAsync(
        ClusterSession session,
        ReviewDirectory directory,
        PullRecord record,
        CancellationToken cancellationToken
    )
    {
        var reviews = new List<(string, ClusterState?, IReadOnlyList<ReviewItem>)>();
        foreach (var name in ReviewPull.Pulled(record).Union(directory.FindClusters()).Order(StringComparer.Ordinal))
        {
            session.CheckName(name);
            await session.RecoverAsync(name, cancellationToken).ConfigureAwait(false);
            var state = await session.FindClusterAsync(name, cancellationToken).ConfigureAwait(false);
            var stored = state is null
                ? new Dictionary<string, StoredFile>()
                : await ReviewNames.ReadAsync(state, cancellationToken).ConfigureAwait(false);
            reviews.Add((name, state, ReviewItem.Compare(directory, record, name, stored)));
        }

        return reviews;
    }

    private static void ThrowConflicts(
        ReviewDirectory directory,
        IEnumerable<(string Name, ClusterState? State, IReadOnlyList<ReviewItem> Items)> reviews
    )
    {
        var conflicts = reviews.SelectMany(review => review.Items).Where(item => item.Standing is ReviewStanding.Conflict).ToList();
        if (conflicts.Count == 0)
            return;
        var text = new StringBuilder("somebody else changed these files since they were pulled; nothing was changed by this command.");
        foreach (var item in conflicts)
        {
            text.Append("\n  ")
                .Append(item.Path)
                .Append(
                    item switch
                    {
                        { Stored: null } => " was deleted in the store",
                        { Local: null } => " was changed in the store, and removed here",
                        _ => string.Empty,
                    }
                );
            if (item is not { Stored: { } stored, Local: { } local })
                continue;
            text.Append(": from what stands in the store to what stands here");
            var change = new ChangeSetBuilder(item.Cluster, string.Empty).Write(stored, local).Build().Files[0];
            // The generation counts the changes of the spec, which are told.
            foreach (var line in DiffText.Lines(change.Fields?.Where(field => field.Path.ToString() != "metadata.generation") ?? []))
                text.Append("\n    ").Append(line.Text);
        }

        throw OperationException.Conflict(
            text.Append($"\nCommit what is here, run 'kops state pull {directory.Path} --force', and merge the two with git.").ToString()
        );
    }
}
