using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Completion.Context;
using Kops.Resources.Requests;

namespace Kops.Resources.Gce.Core;

/// <summary>An instance group as the builders for Google Cloud see it.</summary>
internal sealed class GceGroup(GceCluster cluster, InstanceGroup group)
{
    private const int LongestName = 63;

    public string Name => group.Metadata.Name ?? throw new FormatException("an instance group has no name");

    public InstanceGroupSpec Spec => group.Spec;

    public MachineRole Role { get; } = NodeRoles.Of(group.Spec.Role);

    public bool RunsApi => Role is MachineRole.ControlPlane or MachineRole.ApiServer;

    public string TemplateName => cluster.LongNamed(Name);

    public ClusterSubnetSpec Subnet =>
        Spec.Subnets.Count > 0
            ? cluster.FindSubnet(Spec.Subnets[0])
            : throw new FormatException($"instance group {Name}: it names no subnet");

    public IReadOnlyList<string> Zones =>
        Spec.Zones.Count > 0 ? [.. Spec.Zones] : throw new FormatException($"instance group {Name}: it names no zone");

    /// <summary>What its role is called, the first also for itself.</summary>
    public IReadOnlyList<string> RoleNames =>
        Role switch
        {
            MachineRole.ControlPlane => ["control-plane", "master"],
            MachineRole.ApiServer => ["apiserver"],
            MachineRole.Bastion => ["bastion"],
            _ => ["node"],
        };

    /// <summary>The managed group of each zone, with how many machines it has.</summary>
    public IEnumerable<(string Zone, string Name, int Size)> Managers
    {
        get
        {
            var zones = Zones;
            var size = (int)(Spec.MinSize ?? 0);
            for (var i = 0; i < zones.Count; i++)
                yield return (
                    zones[i],
                    ShortNames.Shorten(cluster.LongNamed($"{zones[i].Split('-')[^1]}-{Name}"), LongestName),
                    (size / zones.Count) + (i < size % zones.Count ? 1 : 0)
                );
        }
    }
}
