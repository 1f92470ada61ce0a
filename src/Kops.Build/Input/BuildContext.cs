using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Versions;
using Kops.Model;
using Kops.Model.Images;
using Semver;

namespace Kops.Build.Input;

/// <summary>The cluster that files are built for, with questions about it.</summary>
internal sealed class BuildContext
{
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

    /// <summary>Whether nodes may serve the API alone; etcd then has names of its own in DNS.</summary>
    public bool HasApiServerNodes => Request.Features.IsOn("APIServerNodes");

    /// <summary>The settings of the cluster's cloud by their internal names.</summary>
    public MappingNode? CloudSpec => Cloud.Member is { } member ? (Internal["cloudProvider"] as MappingNode)?[member] as MappingNode : null;

    public string ConfigBase => Spec.ConfigBase?.TrimEnd('/') ?? throw new FormatException("spec.configBase is missing");

    /// <summary>Where the cluster pulls an image from.</summary>
    public string Image(string image) => _images.Of(image);
}
