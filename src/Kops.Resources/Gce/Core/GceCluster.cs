using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Completion.Context;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Core;

/// <summary>A cluster as the builders for Google Cloud see it: its names, and what it asks for.</summary>
internal sealed class GceCluster
{
    // What Google allows for the name of nearly everything.
    private const int LongestName = 63;

    public GceCluster(ResourceRequest request)
    {
        Request = request;
        Spec = request.Cluster.Spec;
        Name = request.Cluster.Metadata.Name ?? throw new FormatException("metadata.name is missing");
        Region =
            Spec.Subnets.Select(subnet => subnet.Region).FirstOrDefault(region => region is { Length: > 0 })
            ?? throw new FormatException("spec.subnets: no subnet has a region");
        Groups =
        [
            .. request.Groups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal).Select(group => new GceGroup(this, group)),
        ];
    }

    public ResourceRequest Request { get; }

    public ClusterSpec Spec { get; }

    public string Name { get; }

    public string Region { get; }

    public IReadOnlyList<GceGroup> Groups { get; }

    public string DashedName => Name.Replace('.', '-');

    public string Project =>
        Spec.Project is { Length: > 0 } project ? project : Request.Facts.Project ?? throw new FormatException("spec.project is missing");

    public bool UsesNoDns => Spec.Topology?.Dns?.Type == "None";

    /// <summary>Whether pods have addresses of the network's own.</summary>
    public bool UsesAliases => Spec.Networking?.Gce is not null;

    public LoadBalancerAccessSpec? ApiBalancer => Spec.Api?.LoadBalancer;

    public bool HasApiServers => Groups.Any(group => group.Role == MachineRole.ApiServer);

    /// <summary>The name of something of this cluster: cut where it is too long, with a hash of the cluster's name.</summary>
    public string Named(string name) => ShortNames.Join(name, DashedName, LongestName);

    /// <summary>The same where names may be as long as they like.</summary>
    public string LongNamed(string name) => $"{name}-{DashedName}";

    /// <summary>The network tags of the machines of a role, by which firewall rules know them.</summary>
    public string NetworkTag(string role) => ShortNames.Before(DashedName, "k8s-io-role-" + role, LongestName);

    public Reference Network(string property = "name") => GceKinds.Network.Of(NetworkName, property);

    public string NetworkName => Spec.NetworkID is { Length: > 0 } id ? id : NameWithin(DashedName);

    public Reference Subnetwork(ClusterSubnetSpec subnet) => GceKinds.Subnetwork.Of(SubnetworkName(subnet), "name");

    public string SubnetworkName(ClusterSubnetSpec subnet) => subnet.Id is { Length: > 0 } id ? id : Named(subnet.Name ?? string.Empty);

    public ClusterSubnetSpec FindSubnet(string name) =>
        Spec.Subnets.FirstOrDefault(subnet => subnet.Name == name)
        ?? throw new FormatException($"spec.subnets has no '{name}', which an instance group names");

    public MapValue Labels(params IEnumerable<KeyValuePair<string, string>> more) =>
        MapValue.Of(more.Prepend(new("k8s-io-cluster-name", DashedName)));

    private static string NameWithin(string name) => ShortNames.Shorten(name, LongestName);
}
