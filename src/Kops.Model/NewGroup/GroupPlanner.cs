using Kops.Api;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.NewGroup;

/// <summary>Plans a new instance group for a cluster that exists: what <c>create instancegroup</c> would store.</summary>
public static class GroupPlanner
{
    private static readonly Dictionary<string, MachineRole> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["node"] = MachineRole.Node,
        ["control-plane"] = MachineRole.ControlPlane,
        ["controlplane"] = MachineRole.ControlPlane,
        ["master"] = MachineRole.ControlPlane,
        ["bastion"] = MachineRole.Bastion,
        ["apiserver"] = MachineRole.ApiServer,
        ["api-server"] = MachineRole.ApiServer,
    };

    /// <summary>Plans the group.</summary>
    /// <exception cref="InvalidFlagException">A role that does not exist, or an image or a machine type that is not known; the message says what would do.</exception>
    public static InstanceGroup Plan(NewGroupRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Roles.TryGetValue(request.Role, out var role))
            throw new InvalidFlagException("role", $"--role: there is no role '{request.Role}'; there are control-plane, node, bastion and apiserver");
        var cloud = CloudProfiles.Of(request.Cluster);
        var facts = request.Facts.Of(cloud.Name);
        var group = new InstanceGroup();
        group.Metadata.Name = request.Name;
        group.Spec.Role = Groups.RoleName(role);
        group.Spec.MinSize = group.Spec.MaxSize = role == MachineRole.Node ? 2 : 1; // kOps 1.37
        group.Spec.MachineType = MachineType(cloud, facts, role);
        group.Spec.Image = Image(request, cloud, facts, group);
        group.Spec.Subnets.Set(request.Subnets.Count > 0 ? request.Subnets : Subnets(request.Cluster, role));
        if (request.Zones.Count > 0) group.Spec.Zones.Set(request.Zones);
        group.Spec.NodeLabels[Groups.NameLabel] = request.Name;
        if (cloud.Name == "gce") group.Spec.NodeLabels["cloud.google.com/metadata-proxy-ready"] = "true";
        return group;
    }

    private static string? MachineType(CloudProfile cloud, ProviderFacts facts, MachineRole role) =>
        facts.DefaultMachineTypes.TryGetValue(role, out var known) || cloud.MachineTypes.TryGetValue(role, out known) ? known : null;

    private static string? Image(NewGroupRequest request, CloudProfile cloud, ProviderFacts facts, InstanceGroup group)
    {
        var architecture = cloud.ArchitectureOf(group.Spec.MachineType, facts);
        var kubernetes = Versions.ParseKubernetes(request.Cluster.Spec.KubernetesVersion);
        return request.Channel.FindImage(cloud.Name, architecture, kubernetes)
            ?? cloud.Images.FirstOrDefault(image => image.Matches(cloud.Name, architecture, kubernetes))?.Name;
    }

    private static IEnumerable<string> Subnets(Cluster cluster, MachineRole role)
    {
        if (role is MachineRole.ControlPlane or MachineRole.ApiServer)
            throw new InvalidFlagException("subnet", "--subnet is needed for this role: name the subnets that its machines run in");
        return cluster.Spec.Subnets.Where(subnet => subnet.Type == "Utility" == (role == MachineRole.Bastion)).Select(subnet => subnet.Name!);
    }
}
