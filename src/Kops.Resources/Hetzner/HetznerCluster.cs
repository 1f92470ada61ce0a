using Kops.Api;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>A cluster as the builders for Hetzner Cloud see it.</summary>
internal sealed class HetznerCluster(ResourceRequest request) : ZonedCluster(request)
{
    private const string ClusterLabel = "kops.k8s.io/cluster";

    /// <summary>The network zone that the location lies in.</summary>
    public string Region =>
        Zone.TrimEnd([.. "0123456789"]) switch
        {
            "fsn" or "nbg" or "hel" => "eu-central",
            "ash" => "us-east",
            "hil" => "us-west",
            "sin" => "ap-southeast",
            _ => throw new FormatException(
                $"spec.subnets: '{Zone}' is not a location of Hetzner Cloud; there are fsn1, nbg1, hel1, ash, hil, sin"
            ),
        };

    public Reference Network(string property = "id") => HetznerKinds.Network.Of(Spec.NetworkID is { Length: > 0 } id ? id : Name, property);

    public MapValue Labels(params IEnumerable<KeyValuePair<string, string>> more) => MapValue.Of(more.Prepend(new(ClusterLabel, Name)));

    /// <summary>What picks the machines of a role.</summary>
    public string Selector(string role) => $"{ClusterLabel}={Name},kops.k8s.io/instance-role={role}";

    /// <summary>The role of a group, as labels write it.</summary>
    public static string Role(InstanceGroup group) => NodeRoles.Field(NodeRoles.Of(group.Spec.Role));
}
