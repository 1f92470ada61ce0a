using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>A cluster as the builders for Scaleway see it. Scaleway's tags are a list of texts; kOps writes <c>NAME=VALUE</c>.</summary>
internal sealed class ScalewayCluster(ResourceRequest request) : ZonedCluster(request)
{
    /// <summary>The region that the zone lies in: <c>fr-par</c>.</summary>
    public string Region => CloudProfiles.Of(Request.Cluster).RegionOf(Zone);

    public bool UsesNoDns => Spec.Topology?.Dns?.Type == "None";

    /// <summary>The tag by which all that is the cluster's is known.</summary>
    public string ClusterTag => Tag("cluster", Name);

    /// <summary>The tag of the machines of the control plane, and of what belongs to them.</summary>
    public static string ControlPlaneTag => Tag("role", "ControlPlane");

    /// <summary>The tags that the user asks for.</summary>
    public IEnumerable<string> CloudLabels =>
        Spec.CloudLabels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}");

    /// <summary>
    /// A tag of kOps'. Its <c>noprefix=</c> keeps Scaleway's cloud controller from putting its own name before the label.
    /// </summary>
    public static string Tag(string name, string value) => $"noprefix=kops.k8s.io/{name}={value}";

    /// <summary>The name of a resource of something that is called so.</summary>
    public static string Dashed(string name) => name.Replace('.', '-');

    /// <summary>A list of texts as an attribute.</summary>
    public static ListValue Tags(params IEnumerable<string> tags) => Value.List(tags);
}
