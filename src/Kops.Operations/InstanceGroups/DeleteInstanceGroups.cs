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
    /// <exception cref="OperationException">One of them is not there, or cannot be read.</exception>
    /// <exception cref="InvalidObjectException">The cluster does not work without them.</exception>
    public static ChangeSet Plan(ClusterSession session, ClusterState state, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(names);
        var planner = session.Change(state);
        foreach (var name in names)
            planner.DeleteInstanceGroup(state.GetInstanceGroup(name));
        Validity.CheckRest(state, [.. state.InstanceGroups.Where(group => !names.Contains(group.Name)).Select(group => group.Value)]);
        return planner.Build();
    }
}
