using Kops.Operations.Events;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Operations.Review;

/// <summary>Writes clusters into a directory for review, without keys and secrets; <see cref="SealFiles"/> adds those, encrypted.</summary>
public static class PullClusters
{
    /// <summary>Pulls. What was edited in the directory stays.</summary>
    /// <exception cref="OperationException">
    /// A cluster is not there or cannot be read; files were changed on both sides; or nobody could open what is sealed.
    /// </exception>
    /// <exception cref="StateStoreException">The directory belongs to another store, or cannot be read or written.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<PulledClusters> RunAsync(
        ClusterSession session,
        ReviewDirectory directory,
        PullRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(request);
        var record = directory.ReadRecord();
        var asked = request.Clusters.Count > 0 ? request.Clusters : record?.Clusters ?? [];
        await session.TellPendingAsync(cancellationToken).ConfigureAwait(false);
        var clusters = await ReadAsync(session, asked, cancellationToken).ConfigureAwait(false);
        var sealing = await Sealing.PrepareAsync(directory, record, request, cancellationToken).ConfigureAwait(false);
        var pull = new ReviewPull(directory, session.State.Root.ToString());
        try
        {
            var items = await pull.RunAsync(clusters, asked, request.Force, cancellationToken).ConfigureAwait(false);
            foreach (var item in items.Where(item => item.Stored is { } stored && SecretContent.IsIn(stored.Bytes)))
                session.Tell(
                    new Advice(
                        EventLevel.Warning,
                        $"{directory.PathOf(item.Path)} holds a Secret as it stands: nobody but you can read the file; keep it out of "
                            + $"version control"
                    )
                );
            return new PulledClusters(directory, clusters, items, pull, sealing);
        }
        catch (StateStoreException conflict) when (conflict.Kind is StateErrorKind.AlreadyExists)
        {
            throw new OperationException(OperationErrorKind.Conflict, conflict.Message, conflict);
        }
    }

    /// <summary>The clusters, all of them read: one that cannot be read is no cluster without anything in it.</summary>
    private static async Task<IReadOnlyList<ClusterState>> ReadAsync(
        ClusterSession session,
        IReadOnlyList<string> asked,
        CancellationToken cancellationToken
    )
    {
        var names = asked;
        if (asked.Count == 0)
        {
            var listing = await session.State.ListAsync(cluster => cluster.Name, cancellationToken).ConfigureAwait(false);
            if (listing.Unreadable is [var unreadable, ..])
                throw OperationException.Failed(
                    $"cluster \"{unreadable.Name}\" cannot be read: {unreadable.Error.Message}; name the clusters to pull"
                );
            names = listing.Clusters;
        }

        var clusters = new List<ClusterState>();
        foreach (var name in names)
            clusters.Add(await session.GetClusterAsync(name, cancellationToken).ConfigureAwait(false));
        return clusters;
    }
}
