using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Completion.Context;
using Kops.Model.Machines;
using Kops.Resources.Requests;

namespace Kops.Resources.Aws.Core;

/// <summary>An instance group as the builders for AWS see it.</summary>
internal sealed class AwsGroup(AwsCluster cluster, InstanceGroup group)
{
    private const int LongestRoleName = 64;

    public string Name => group.Metadata.Name ?? throw new FormatException("an instance group has no name");

    public InstanceGroupSpec Spec => group.Spec;

    public MachineRole Role { get; } = NodeRoles.Of(group.Spec.Role);

    public bool IsKarpenters => Spec.Manager == "Karpenter";

    public bool RunsApi => Role is MachineRole.ControlPlane or MachineRole.ApiServer;

    /// <summary>What the group and its launch template are called.</summary>
    public string FullName =>
        Role switch
        {
            MachineRole.ControlPlane => $"{Name}.masters.{cluster.Name}",
            MachineRole.ApiServer => $"{Name}.apiservers.{cluster.Name}",
            _ => $"{Name}.{cluster.Name}",
        };

    public IReadOnlyList<ClusterSubnetSpec> Subnets { get; } =
        group.Spec.Subnets.Count > 0
            ? [.. group.Spec.Subnets.Select(cluster.FindSubnet)]
            : throw new FormatException($"instance group {group.Metadata.Name}: it names no subnet");

    public bool HasIPv6 => Subnets.Any(subnet => subnet.Ipv6CIDR is { Length: > 0 });

    /// <summary>The first of its machine types.</summary>
    public string? MachineType => Spec.MachineType?.Split(',')[0];

    /// <summary>The warm pool; null when it has none.</summary>
    public WarmPoolSpec? WarmPool
    {
        get
        {
            // Machines of a mixed group, spot machines and those that keep data cannot wait.
            var isPossible =
                Role is MachineRole.Node or MachineRole.ApiServer && Spec.MixedInstancesPolicy is null && Spec.MaxPrice is null;
            return isPossible ? WarmPools.Of(cluster.Spec, group) : null;
        }
    }

    /// <summary>Whether what its graphics processors need is installed, by what the group says, else the cluster.</summary>
    public bool InstallsGpuDriver => (Spec.Containerd?.NvidiaGPU ?? cluster.Spec.Containerd?.NvidiaGPU)?.Enabled == true;

    /// <summary>The name of the role that a machine of this role has.</summary>
    public static string RoleName(AwsCluster cluster, MachineRole role) =>
        ShortNames.Shorten($"{Roles.Plural(role)}.{cluster.Name}", LongestRoleName);

    /// <summary>What is told of the machines: to AWS, and by it to the autoscaler and the cloud controller.</summary>
    public SortedDictionary<string, string> Tags()
    {
        const string Autoscaler = "k8s.io/cluster-autoscaler/node-template/";
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (cluster.HasTerminationQueue && cluster.Spec.NodeTerminationHandler?.ManagedASGTag is { Length: > 0 } managed)
            tags[managed] = string.Empty;
        foreach (var (key, value) in cluster.Tags(FullName))
            tags[key] = value;
        foreach (var (key, value) in Spec.CloudLabels)
            tags[key] = value;
        foreach (var (key, value) in (Spec.Kubelet?.NodeLabels).OrNone())
            tags[Autoscaler + "label/" + key] = value;
        foreach (var taint in Spec.Taints)
        {
            var end = taint.AsSpan().IndexOfAny('=', ':');
            if (end > 0)
                tags[$"{Autoscaler}taint/{taint[..end]}"] = taint[end] == '=' ? taint[(end + 1)..] : taint[end..];
        }

        foreach (var role in Roles.Tags(Role))
            tags["k8s.io/role/" + role] = "1";
        tags["kops.k8s.io/instancegroup"] = Name;
        return tags;
    }
}
