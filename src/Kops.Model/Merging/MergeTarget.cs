using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>The cluster that flags are merged into, with questions about what it has.</summary>
internal sealed class MergeTarget(Cluster cluster, IReadOnlyList<InstanceGroup> groups)
{
    public Cluster Cluster { get; } = cluster;

    public ClusterSpec Spec => Cluster.Spec;

    public IReadOnlyList<InstanceGroup> Groups { get; } = groups;

    public List<string> Warnings { get; } = [];

    public string CloudName { get; } = CloudProfiles.Of(cluster).Name;

    public IEnumerable<InstanceGroup> OfRole(MachineRole role) => Groups.Where(group => NewCluster.Groups.RoleOf(group) == role);

    /// <summary>The zones of a role's groups: those that they name, else those of their subnets.</summary>
    public IEnumerable<string> ZonesOf(MachineRole role) =>
        OfRole(role)
            .SelectMany(group => group.Spec.Zones.Count > 0 ? group.Spec.Zones.AsEnumerable() : group.Spec.Subnets.Select(ZoneOfSubnet))
            .Distinct();

    private string ZoneOfSubnet(string name) => Spec.Subnets.FirstOrDefault(subnet => subnet.Name == name)?.Zone ?? name;
}
