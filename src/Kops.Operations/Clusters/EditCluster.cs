using Kops.Api;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.Operations.Clusters;

/// <summary>Changes a Cluster object.</summary>
public static class EditCluster
{
    /// <summary>
    /// Checks the changed cluster by itself, with its instance groups and against what it was, and plans to store it, with what it leaves
    /// open that is chosen once. A control plane may be unfinished: what <see cref="UpdateCluster"/> applies may not.
    /// </summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="changed">How it shall be.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidObjectException">It may not be like that; all that is wrong is named.</exception>
    /// <exception cref="StateStoreException">It has another name, or fields that may not be written over.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        Cluster changed,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(changed);
        List<InstanceGroup> groups = [.. state.InstanceGroups.Select(group => group.Value)];
        var assigned = await Assignment.CompleteAsync(session, changed, groups, cancellationToken).ConfigureAwait(false);
        await Validity.CheckAsync(session, state, assigned, groups, cancellationToken).ConfigureAwait(false);
        return session.Change(state, assigned).ReplaceCluster(state.Cluster, assigned).Build();
    }
}
