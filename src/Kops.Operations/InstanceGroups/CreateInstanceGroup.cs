using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewGroup;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Operations.InstanceGroups;

/// <summary>Adds an instance group to a cluster.</summary>
public static class CreateInstanceGroup
{
    /// <summary>Makes the object. Nothing is stored.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is a group of that name.</exception>
    /// <exception cref="InvalidFlagException">Something cannot be what is asked for.</exception>
    public static async Task<InstanceGroup> DescribeAsync(
        ClusterSession session,
        ClusterState state,
        WantedInstanceGroup wanted,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wanted);
        var cluster = state.Cluster.Value;
        if (state.FindInstanceGroup(wanted.Name) is not null)
            throw OperationException.Conflict(
                $"instance group \"{wanted.Name}\" of cluster \"{state.Name}\" exists already; 'kops edit ig' changes it"
            );
        var channel = await session
            .Knowledge.FindChannelAsync(cluster.Spec.Channel ?? Channel.DefaultName, cancellationToken)
            .ConfigureAwait(false);
        return GroupPlanner.Plan(
            new NewGroupRequest(wanted.Name, wanted.Role, wanted.Subnets, wanted.Zones, cluster, channel, session.Knowledge.Facts())
            {
                Features = session.Features,
            }
        );
    }

    /// <summary>Checks the group by itself and in its cluster, and plans to store it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="group">The group.</param>
    /// <exception cref="InvalidObjectException">It may not be like that; all that is wrong is named.</exception>
    public static ChangeSet Plan(ClusterSession session, ClusterState state, InstanceGroup group)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(group);
        Validity.Check(session, group, state.Cluster.Value);
        return session.Change(state).CreateInstanceGroup(group).Build();
    }
}
