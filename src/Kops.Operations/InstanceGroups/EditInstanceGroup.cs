using Kops.Api;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.Operations.InstanceGroups;

/// <summary>Changes an InstanceGroup object.</summary>
public static class EditInstanceGroup
{
    /// <summary>Checks the changed group by itself and in its cluster, and plans to store it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">Its cluster as it was read.</param>
    /// <param name="stored">The group as it was read; <see cref="InstanceGroupLookup.GetInstanceGroup"/> finds it.</param>
    /// <param name="changed">How it shall be.</param>
    /// <exception cref="InvalidObjectException">It may not be like that; all that is wrong is named.</exception>
    /// <exception cref="StateStoreException">It has another name, or fields that may not be written over.</exception>
    public static ChangeSet Plan(ClusterSession session, ClusterState state, StoredObject<InstanceGroup> stored, InstanceGroup changed)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(changed);
        Validity.Check(session, changed, state.Cluster.Value);
        return session.Change(state).ReplaceInstanceGroup(stored, changed).Build();
    }
}
