using Kops.Api;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Objects;

/// <summary>Writes objects that are handed in over those that are stored.</summary>
public static class ReplaceObjects
{
    /// <summary>Plans to replace the objects of one cluster, as one change.</summary>
    /// <param name="session">The work.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="state">The cluster as it was read; null where there is none.</param>
    /// <param name="createMissing">Whether what is not there is created.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">One of them is not there.</exception>
    /// <exception cref="InvalidObjectException">One of them may not be like that.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterObjects objects,
        ClusterState? state,
        bool createMissing = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(objects);
        var name = objects.ClusterName;
        if (state is null && objects.Cluster is null)
            throw await session.ClusterNotFoundAsync(name, cancellationToken).ConfigureAwait(false);
        if (state is null && !createMissing)
            throw OperationException.NotFound($"cluster \"{name}\" does not exist; --force creates it");
        var cluster = await objects.AssignedAsync(session, state, cancellationToken).ConfigureAwait(false);
        var layout = state?.Layout ?? session.State.LayoutOf(name, cluster);
        var planner = state is null ? session.State.Change(layout, session.Title) : session.Change(state);
        if (cluster is not null)
        {
            if (state is null)
                planner.CreateCluster(cluster);
            else
                planner.ReplaceCluster(state.Cluster, cluster);
        }

        foreach (var group in objects.InstanceGroups)
        {
            var id = group.Metadata.Name ?? string.Empty;
            objects.Check(session, group, cluster ?? state!.Cluster.Value);
            if (state?.FindInstanceGroup(id) is { } stored)
                planner.ReplaceInstanceGroup(stored, group);
            else if (createMissing)
                planner.CreateInstanceGroup(group);
            else
                throw OperationException.NotFound($"instance group \"{id}\" of cluster \"{name}\" does not exist; --force creates it");
        }

        if (objects.SshCredentials.Count > 0)
        {
            var keys = state is null ? [] : await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false);
            foreach (var credential in objects.SshCredentials)
                planner.AddSshKey(ClusterObjects.PublicKey(credential), keys);
        }

        if (objects.Others.Count > 0)
            planner.WriteFile(
                await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken).ConfigureAwait(false),
                AdditionalObjects.ToFile(objects.Others)
            );
        return planner.Build();
    }
}
