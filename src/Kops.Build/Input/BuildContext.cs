using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Versions;
using Kops.Model;
using Kops.Model.Clouds;
using Kops.Model.Completion.Context;
using Kops.Model.Images;
using Semver;

namespace Kops.Build.Input;

/// <summary>The cluster that files are built for, with questions about it.</summary>
internal sealed class BuildContext
{
    private const int LongestRoleName = 64;

    private readonly ImageLocations _images;

    public BuildContext(BuildRequest request)
    {
        Request = request;
        Name = request.Cluster.Metadata.Name ?? throw new FormatException("metadata.name is missing");
        Cloud = CloudProfiles.Of(request.Cluster);
        Internal = (MappingNode)InternalForm.Of(request.Cluster)["spec"];
        Version = (Spec.KubernetesVersion ?? throw new FormatException("spec.kubernetesVersion is missing")).TrimStart('v');
        _images = ImageLocations.Of(Spec);
    }

    public BuildRequest Request { get; }

    public string Name { get; }

    public ClusterSpec Spec => Request.Cluster.Spec;

    /// <summary>The completed spec by its internal names.</summary>
    public MappingNode Internal { get; }

    public CloudProfile Cloud { get; }

    public string Version { get; }

    public SemVersion Kubernetes => Versions.ParseKubernetes(Version);

    public bool UsesNoDns => Spec.Topology?.Dns?.Type == "None";

    public bool IsIPv6Only => Spec.NonMasqueradeCIDR == "::/0";

    /// <summary>Whether service accounts have roles of their own on AWS.</summary>
    public bool UsesServiceAccountRoles => Spec.Iam?.UseServiceAccountExternalPermissions == true;

    /// <summary>The region that the cluster runs in; null where there is none.</summary>
    public string? Region =>
        Spec.Subnets.Select(subnet => subnet.Region).FirstOrDefault(region => region is { Length: > 0 })
        ?? (
            Spec.Subnets.Select(subnet => subnet.Zone).FirstOrDefault(zone => zone is { Length: > 1 }) is { } zone
                ? Cloud.RegionOf(zone)
                : null
        );

    /// <summary>The account that the cluster is made in.</summary>
    /// <exception cref="FormatException">It is not known.</exception>
    public string Account =>
        Request.Facts.Project
        ?? throw new FormatException(
            $"the account that the cluster is made in is not known; name it as {Cloud.Name}.project in the file that KOPS_CLOUD_FACTS names"
        );

    /// <summary>Google's project.</summary>
    /// <exception cref="FormatException">It is not known.</exception>
    public string Project => Spec.Project is { Length: > 0 } project ? project : Account;

    /// <summary>Whether nodes may serve the API alone; etcd then has names of its own in DNS.</summary>
    public bool HasApiServerNodes => Request.Features.IsOn("APIServerNodes");

    /// <summary>The settings of the cluster's cloud by their internal names.</summary>
    public MappingNode? CloudSpec => Cloud.Member is { } member ? (Internal["cloudProvider"] as MappingNode)?[member] as MappingNode : null;

    public string ConfigBase => Spec.ConfigBase?.TrimEnd('/') ?? throw new FormatException("spec.configBase is missing");

    /// <summary>The name, in AWS' way, of the role that a service account has.</summary>
    public string ServiceAccountRole(string accountNamespace, string account)
    {
        var name = $"{account}.{accountNamespace}.sa.{Name}".Replace("*", "wildcard", StringComparison.Ordinal);
        var partition = Request.Facts.Partition ?? AwsPartitions.Of(Region ?? string.Empty);
        return $"arn:{partition}:iam::{Account}:role/{ShortNames.Shorten(name, LongestRoleName)}";
    }

    /// <summary>Where the cluster pulls an image from.</summary>
    public string Image(string image) => _images.Of(ReleaseImages.Replaced(Request.Variables, image));
}
