using Kops.Api;
using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Deletion;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Layout;

namespace Kops.Operations.Clusters;

/// <summary>Deletes the whole state of a cluster.</summary>
public static class DeleteCluster
{
    /// <summary>Plans it. Cloud resources are not touched.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="unregister">Whether the state goes whatever is still there in the cloud.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The cluster was updated, and is not just unregistered.</exception>
    /// <exception cref="StateStoreException">A file stands there that is no part of a cluster.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        bool unregister = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        session.CheckIsNoCopy(state);
        if (!unregister)
            await state.CheckHasNoMachinesAsync("the state", cancellationToken).ConfigureAwait(false);
        var shared = SharedPlaces.Find(state.Layout, await OthersAsync(session, state, cancellationToken).ConfigureAwait(false));
        CheckHoldsNoOther(state, shared);
        foreach (var place in shared.DistinctBy(place => place.Mine.Path.ToString()))
            session.Tell(
                new Advice(
                    EventLevel.Warning,
                    $"{place.Mine.Path} (spec.{place.Mine.Name}) is also {place.Other}: nothing is deleted there"
                )
            );
        return await ClusterDeletion
            .PlanAsync(state, session.Title, [.. shared.Select(place => place.Mine.Path)], cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The layouts of all other clusters; of one that cannot be read, its directory at least.</summary>
    private static async Task<IReadOnlyList<ClusterLayout>> OthersAsync(
        ClusterSession session,
        ClusterState state,
        CancellationToken cancellationToken
    )
    {
        var listing = await session.State.ListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. listing
                .Clusters.Where(other => other.Name != state.Name)
                .Select(other => LayoutOf(other.Name, other.Value) ?? session.State.LayoutOf(other.Name)),
            // A directory whose name no cluster has keeps nobody from deleting another one.
            .. listing
                .Unreadable.Where(other => other.Name != state.Name)
                .Select(other => LayoutOf(other.Name, null))
                .OfType<ClusterLayout>(),
        ];

        ClusterLayout? LayoutOf(string name, Cluster? cluster)
        {
            try
            {
                return session.State.LayoutOf(name, cluster) is { Places.Count: > 0 } layout ? layout : null;
            }
            catch (KopsException)
            {
                // It names a place that nothing opens, or its name is none.
                return null;
            }
        }
    }

    /// <summary>Nothing is deleted while another cluster keeps its own files in this one's directory.</summary>
    private static void CheckHoldsNoOther(ClusterState state, IReadOnlyList<SharedPlace> shared)
    {
        if (shared.FirstOrDefault(place => place.Mine.Role is ClusterPlaceRole.Registry) is { Theirs: { } theirs } guest)
            throw OperationException.Conflict(
                $"cluster \"{state.Name}\" cannot be deleted: {theirs.Path}, the {theirs.Name} of cluster \"{guest.Cluster}\", is in its "
                    + $"directory. Delete that cluster first, or name another place in its spec. Nothing was deleted"
            );
    }
}
