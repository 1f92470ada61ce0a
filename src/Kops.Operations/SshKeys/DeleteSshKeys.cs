using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.SshKeys;

namespace Kops.Operations.SshKeys;

/// <summary>Deletes SSH public keys of a cluster.</summary>
public static class DeleteSshKeys
{
    /// <summary>Plans it, all of them in one change.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="keys">The keys as they were read.</param>
    public static ChangeSet Plan(ClusterSession session, ClusterState state, IEnumerable<SshPublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(keys);
        var planner = session.Change(state);
        foreach (var key in keys)
            planner.DeleteSshKey(key);
        return planner.Build();
    }
}
