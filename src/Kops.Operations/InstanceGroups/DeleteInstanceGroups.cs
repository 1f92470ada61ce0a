using Kops.Api;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

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
    /// <exception cref="OperationException">One of them is not there, or cannot be read; or the cluster was updated.</exception>
    /// <exception cref="InvalidObjectException">The cluster does not work without them.</exception>
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
        Validity.CheckRest(state, [.. state.InstanceGroups.Where(group => !names.Contains(group.Name)).Select(group => group.Value)]);
        if (!unregister && names.Count > 0)
            await state.CheckHasNoMachinesAsync("the objects", cancellationToken).ConfigureAwait(false);
        return planner.Build();
    }
}
