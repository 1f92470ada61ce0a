using Kops.Api;
using Kops.Api.Clouds;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.InstanceGroups;

/// <summary>Deletes instance groups.</summary>
public static class DeleteInstanceGroups
{
    /// <summary>Plans it, all of them in one change.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">Their cluster as it was read.</param>
    /// <param name="names">Their names.</param>
    /// <param name="unregister">Whether the objects go whatever machines are still there in the cloud.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">
    /// One of them is not there, or cannot be read; or no control-plane group would be left; or the cluster was updated.
    /// </exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        IReadOnlyList<string> names,
        bool unregister = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(names);
        var planner = session.Change(state);
        foreach (var name in names)
            planner.DeleteInstanceGroup(state.GetInstanceGroup(name));
        // As kOps: that nodes or members of etcd are missing is what 'update' says. Who makes a group anew deletes it first.
        if (
            state.InstanceGroups.Any(group => IsControlPlane(group) && names.Contains(group.Name))
            && !state.InstanceGroups.Any(group => IsControlPlane(group) && !names.Contains(group.Name))
        )
            throw OperationException.Conflict(
                $"cluster \"{state.Name}\" would have no control plane without {string.Join(", ", names)}: make another group with the "
                    + "role control-plane first. Nothing was deleted"
            );
        if (!unregister && names.Count > 0)
            await state.CheckHasNoMachinesAsync("the objects", cancellationToken).ConfigureAwait(false);
        return planner.Build();
    }

    private static bool IsControlPlane(StoredObject<InstanceGroup> group) => MachineRoles.Of(group.Value) is MachineRole.ControlPlane;
}
