using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.Completion.Context;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Core;

/// <summary>A cluster as the builders for AWS see it: its names and tags, and what it asks for.</summary>
internal sealed class AwsCluster
{
    public AwsCluster(ResourceRequest request)
    {
        Request = request;
        Spec = request.Cluster.Spec;
        Name = request.Cluster.Metadata.Name ?? throw new FormatException("metadata.name is missing");
        Region =
            Spec.Subnets.Select(subnet => subnet.Zone).OfType<string>().Select(CloudProfiles.Of(request.Cluster).RegionOf).FirstOrDefault()
            ?? throw new FormatException("spec.subnets: no subnet has a zone, so the region is not known");
        Groups =
        [
            .. request.Groups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal).Select(group => new AwsGroup(this, group)),
        ];
    }

    public ResourceRequest Request { get; }

    public ClusterSpec Spec { get; }

    public string Name { get; }

    public string DashedName => Name.Replace('.', '-');

    public string Region { get; }

    public string Partition => Request.Facts.Partition ?? AwsPartitions.Of(Region);

    public string Account =>
        Request.Facts.Project
        ?? throw new FormatException(
            "the account that the cluster is made in is not known; name it as aws.project in the file that KOPS_CLOUD_FACTS names"
        );

    /// <summary>All groups, those too whose machines Karpenter makes.</summary>
    public IReadOnlyList<AwsGroup> Groups { get; }

    public IEnumerable<AwsGroup> CloudGroups => Groups.Where(group => !group.IsKarpenters);

    public bool IsIPv6Only => Spec.NonMasqueradeCIDR == "::/0";

    /// <summary>Whether nodes find the control plane by its load balancer, since no names are kept in a DNS zone.</summary>
    public bool UsesNoDns => Spec.Topology?.Dns?.Type == "None";

    public LoadBalancerAccessSpec? ApiBalancer => Spec.Api?.LoadBalancer;

    public bool ReachesControllerByBalancer => ApiBalancer is not null && UsesNoDns;

    public bool HasCiliumEtcd => Spec.Networking?.Cilium?.EtcdManaged == true;

    public bool IsVpcShared => Spec.NetworkID is { Length: > 0 };

    public bool UsesServiceAccountRoles => Spec.Iam?.UseServiceAccountExternalPermissions == true;

    /// <summary>Whether machines are drained on what AWS says in a queue, before they go.</summary>
    public bool HasTerminationQueue =>
        Spec.NodeTerminationHandler is { Enabled: true } handler && handler.EnableSQSTerminationDraining != false;

    public Reference Vpc(string property = "id") => AwsKinds.Vpc.Of(Name, property);

    public Reference Subnet(string name) => AwsKinds.Subnet.Of(SubnetName(name));

    public string SubnetName(string name) => $"{name}.{Name}";

    public ClusterSubnetSpec FindSubnet(string name) =>
        Spec.Subnets.FirstOrDefault(subnet => subnet.Name == name)
        ?? throw new FormatException($"spec.subnets has no '{name}', which an instance group names");

    /// <summary>A name of at most 32 letters, digits and dashes, as load balancers have.</summary>
    public string BalancerName(string prefix) => ShortNames.ShortenWithHash($"{prefix}-{DashedName}", 32);

    public Reference TargetGroup(string prefix) => AwsKinds.TargetGroup.Of(BalancerName(prefix));

    /// <summary>What says whose a resource is. What is shared does not get the cluster's own tags.</summary>
    public SortedDictionary<string, string> Tags(string name, bool isShared = false)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (isShared)
            return Add(tags, $"kubernetes.io/cluster/{Name}", "shared");
        tags["Name"] = name;
        tags["KubernetesCluster"] = Name;
        foreach (var (key, value) in Spec.CloudLabels)
            tags[key] = value;
        return Add(tags, $"kubernetes.io/cluster/{Name}", "owned");
    }

    public MapValue TagMap(string name) => MapValue.Of(Tags(name));

    private static SortedDictionary<string, string> Add(SortedDictionary<string, string> tags, string key, string value)
    {
        tags[key] = value;
        return tags;
    }
}
