using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;

namespace Kops.Model.Completion.Machines;

/// <summary>The group that is being completed, with its cluster.</summary>
internal sealed class GroupContext(Cluster cluster, InstanceGroup group, CloudFacts facts)
{
    public ClusterSpec Cluster { get; } = cluster.Spec;

    public InstanceGroupSpec Spec { get; } = group.Spec;

    public string Name { get; } = group.Metadata.Name ?? string.Empty;

    public MachineRole Role { get; } = NewCluster.Groups.RoleOf(group);

    public CloudProfile Cloud { get; } = CloudProfiles.Of(cluster);

    public ProviderFacts Facts { get; } = facts.Of(CloudProfiles.Of(cluster).Name);

    public bool IsKarpenters => Spec.Manager == "Karpenter";
}
