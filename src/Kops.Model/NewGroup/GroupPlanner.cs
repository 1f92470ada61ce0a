using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.NewGroup;

/// <summary>
/// Plans a new instance group for a cluster that exists: what <c>create instancegroup</c> would store (kOps: RunCreateInstanceGroup,
/// PopulateInstanceGroupSpec).
/// </summary>
public static class GroupPlanner
{
    // The plural is understood too (kOps: ParseInstanceGroupRole, lenient).
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
    /// <exception cref="InvalidFlagException">A role that does not exist, subnets that nobody names, or an image that is not known; the
    /// message says what would do.</exception>
    public static InstanceGroup Plan(NewGroupRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var role = Role(request);
        var cloud = CloudProfiles.Of(request.Cluster);
        var facts = request.Facts.Of(cloud.Name);
        var group = new InstanceGroup();
        group.Metadata.Name = request.Name;
        group.Spec.Role = Groups.RoleName(role);
        group.Spec.Manager = "CloudGroup";
        group.Spec.MinSize = group.Spec.MaxSize = role is MachineRole.Node or MachineRole.ApiServer ? 2 : 1;
        group.Spec.MachineType =
            facts.DefaultMachineTypes.TryGetValue(role, out var known) || cloud.MachineTypes.TryGetValue(role, out known) ? known : null;
        group.Spec.Image = Image(request, cloud, facts, group);
        group.Spec.Subnets.Set(request.Subnets.Count > 0 ? request.Subnets : Subnets(request.Cluster, role));
        if (request.Zones.Count > 0)
            group.Spec.Zones.Set(request.Zones);
        Kubelet(request, role, group);
        // The label for the metadata proxy of Google Cloud is for Kubernetes before 1.29 (kOps: setupNodes), which is no longer supported.
        group.Spec.NodeLabels[Groups.NameLabel] = request.Name;
        return group;
    }

    private static MachineRole Role(NewGroupRequest request)
    {
        if (!Roles.TryGetValue(request.Role, out var role) && !Roles.TryGetValue(request.Role.TrimEnd('s', 'S'), out role))
            throw new InvalidFlagException(
                "role",
                $"--role: there is no role '{request.Role}'; there are control-plane, node, bastion and apiserver"
            );
        if (role == MachineRole.ApiServer && !request.Features.IsOn("APIServerNodes"))
            throw new InvalidFlagException(
                "role",
                $"--role {request.Role} is experimental: set KOPS_FEATURE_FLAGS=APIServerNodes to use it"
            );
        return role;
    }

    private static string Image(NewGroupRequest request, CloudProfile cloud, ProviderFacts facts, InstanceGroup group)
    {
        var architecture = facts.ArchitectureOf(cloud, group.Spec.MachineType);
        var kubernetes = Versions.ParseKubernetes(request.Cluster.Spec.KubernetesVersion);
        return request.Channel.FindImage(cloud.Name, architecture, kubernetes)
            ?? CloudImages.For(cloud, kubernetes)
            ?? throw new InvalidFlagException(
                "role",
                $"the channel '{request.Cluster.Spec.Channel}' has no image for {architecture} machines on {cloud.Name}: name a channel "
                    + $"that has, with 'kops edit cluster --set spec.channel=...'"
            );
    }

    private static List<string> Subnets(Cluster cluster, MachineRole role)
    {
        if (role == MachineRole.ControlPlane)
            throw new InvalidFlagException("subnet", "--subnet is needed for control-plane nodes: name the subnets that they run in");
        // API servers are reached over IPv4 too.
        if (role == MachineRole.ApiServer && cluster.Spec.NonMasqueradeCIDR == "::/0")
            return Named("Private", "Utility");
        return Named("DualStack", "Utility") is { Count: > 0 } plain ? plain : Named("Utility");

        List<string> Named(params string[] except) =>
            [.. cluster.Spec.Subnets.Where(subnet => !except.Contains(subnet.Type)).Select(subnet => subnet.Name!)];
    }

    // The cluster's kubelet, with the labels of the role.
    private static void Kubelet(NewGroupRequest request, MachineRole role, InstanceGroup group)
    {
        var spec = request.Cluster.Spec;
        var source = role == MachineRole.ControlPlane ? spec.MasterKubelet : spec.Kubelet;
        if (source is not null)
            group.Spec.Kubelet = new((MappingNode)source.Node.Clone());
        var kubelet = group.Spec.EnsureKubelet();
        if (role == MachineRole.ControlPlane && spec.Kubelet?.AnonymousAuth == false)
            kubelet.AnonymousAuth = false;
        foreach (var label in Labels(request, role))
            kubelet.NodeLabels[label] = string.Empty;
    }

    private static IEnumerable<string> Labels(NewGroupRequest request, MachineRole role)
    {
        if (role == MachineRole.Node)
            yield return "node-role.kubernetes.io/node";
        if (role == MachineRole.ApiServer || (role == MachineRole.ControlPlane && request.Features.IsOn("APIServerNodes")))
            yield return "node-role.kubernetes.io/api-server";
        if (role != MachineRole.ControlPlane)
            yield break;
        yield return "kops.k8s.io/kops-controller-pki";
        yield return "node-role.kubernetes.io/control-plane";
        yield return "node.kubernetes.io/exclude-from-external-load-balancers";
    }
}
