using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Upgrades;
using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Semver;

namespace Kops.Operations.Clusters;

/// <summary>Brings channel, Kubernetes version and images of a cluster to what the channel recommends.</summary>
public static class UpgradeCluster
{
    /// <summary>Finds out what the channel recommends.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="channel">The channel to follow from now on; null for the cluster's.</param>
    /// <param name="version">The Kubernetes version to go to; null for the one that the channel recommends.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Instance groups cannot be read, or there is no such channel.</exception>
    public static async Task<UpgradePlan> AdviseAsync(
        ClusterSession session,
        ClusterState state,
        string? channel = null,
        SemVersion? version = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Unreadable.Count > 0)
            throw OperationException.Failed($"cluster \"{state.Name}\" cannot be upgraded while instance groups of it cannot be read");
        channel ??= state.Cluster.Value.Spec.Channel ?? Channel.DefaultName;
        var plan = ClusterUpgrade.Plan(
            new(
                state.Cluster.Value,
                [.. state.InstanceGroups.Select(group => group.Value)],
                channel,
                await session.Knowledge.FindChannelAsync(channel, cancellationToken).ConfigureAwait(false),
                session.Knowledge.Facts()
            )
            {
                KubernetesVersion = version,
            }
        );
        foreach (var note in plan.Notes)
            session.Tell(new Advice(EventLevel.Note, note));
        return plan;
    }

    /// <summary>Checks the cluster as it would be, and plans to store it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="plan">What the channel recommends.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidObjectException">The cluster may not be like that; all that is wrong is named.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        UpgradePlan plan,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(plan);
        await Validity.CheckAsync(session, state, plan.Cluster, plan.InstanceGroups, cancellationToken).ConfigureAwait(false);
        var planner = session.Change(state).ReplaceCluster(state.Cluster, plan.Cluster);
        foreach (var (stored, group) in state.InstanceGroups.Zip(plan.InstanceGroups))
            planner.ReplaceInstanceGroup(stored, group);
        return planner.Build();
    }
}
