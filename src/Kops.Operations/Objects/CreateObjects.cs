using Kops.Api;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Objects;

/// <summary>Stores objects that are handed in.</summary>
public static class CreateObjects
{
    /// <summary>Plans to store the objects of one cluster, as one change.</summary>
    /// <param name="session">The work.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="state">The cluster as it was read; null where there is none.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">One of them exists already, or they belong to a cluster that does not.</exception>
    /// <exception cref="InvalidObjectException">One of them may not be like that.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterObjects objects,
        ClusterState? state,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(objects);
        var name = objects.ClusterName;
        if (objects.Cluster is not null && state is not null)
            throw OperationException.Conflict($"cluster \"{name}\" exists already; 'kops replace -f' overwrites it");
        if (objects.Cluster is null && state is null)
            throw await session.ClusterNotFoundAsync(name, cancellationToken).ConfigureAwait(false);
        var cluster = await objects.AssignedAsync(session, null, cancellationToken).ConfigureAwait(false);
        var layout = state?.Layout ?? session.State.LayoutOf(name, cluster);
        var planner = state is null ? session.State.Change(layout, session.Title) : session.Change(state);
        if (cluster is not null)
            planner.CreateCluster(cluster);

        foreach (var group in objects.InstanceGroups)
        {
            if (state?.FindInstanceGroup(group.Metadata.Name ?? string.Empty) is not null)
                throw OperationException.Conflict(
                    $"instance group \"{group.Metadata.Name}\" of cluster \"{name}\" exists already; 'kops replace -f' overwrites it"
                );
            objects.Check(session, group, cluster ?? state!.Cluster.Value);
            planner.CreateInstanceGroup(group);
        }

        if (objects.SshCredentials.Count > 0)
        {
            var existing = state is null ? [] : await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var credential in objects.SshCredentials)
                planner.AddSshKey(ClusterObjects.PublicKey(credential), existing);
        }

        if (objects.Others.Count > 0)
        {
            var read = await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken).ConfigureAwait(false);
            if (!read.Bytes.IsEmpty)
                throw OperationException.Conflict($"cluster \"{name}\" has additional objects already ({read.Path})");
            planner.WriteFile(read, AdditionalObjects.ToFile(objects.Others));
        }

        return planner.Build();
    }
}
