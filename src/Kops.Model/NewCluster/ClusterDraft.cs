using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Semver;

namespace Kops.Model.NewCluster;

/// <summary>A cluster in the making: each concern adds its part, in the order of <see cref="ClusterPlanner"/>.</summary>
internal sealed class ClusterDraft(NewClusterRequest request, CloudProfile cloud)
{
    public NewClusterRequest Request { get; } = request;

    public ClusterFlags Flags => Request.Flags;

    public CloudProfile Cloud { get; } = cloud;

    public ProviderFacts Facts { get; } = request.Facts.Of(cloud.Name);

    public Cluster Cluster { get; } = new();

    public ClusterSpec Spec => Cluster.Spec;

    public SemVersion Kubernetes => Versions.ParseKubernetes(Spec.KubernetesVersion);

    public List<InstanceGroup> Groups { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>The zones of nodes, as given.</summary>
    public IReadOnlyList<string> Zones { get; } = request.Flags.Zones ?? [];

    /// <summary>All zones, control plane included, sorted: the order of subnets.</summary>
    public IReadOnlyList<string> AllZones { get; } =
    [.. (request.Flags.Zones ?? []).Concat(request.Flags.ControlPlaneZones ?? []).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The subnets of each zone, by name, the main one first.</summary>
    public Dictionary<string, List<string>> SubnetsOfZone { get; } = [];

    public bool IsIPv6 => Flags.IPv6 ?? false;

    /// <summary>kOps 1.37: IPv6 clusters are private unless told otherwise.</summary>
    public bool IsPrivate => Flags.Topology is { Length: > 0 } topology ? topology == "private" : IsIPv6;
}
