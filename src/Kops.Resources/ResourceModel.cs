using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Resources.Aws;
using Kops.Resources.Azure;
using Kops.Resources.Gce;
using Kops.Resources.Hetzner;
using Kops.Resources.Requests;
using Kops.Resources.Scaleway;
using Kops.Resources.Values;

namespace Kops.Resources;

/// <summary>Says what a cluster needs in its cloud.</summary>
public static class ResourceModel
{
    private static readonly Dictionary<string, Func<ResourceRequest, CloudResources>> Clouds = new(StringComparer.Ordinal)
    {
        ["aws"] = AwsResources.Build,
        ["azure"] = AzureResources.Build,
        ["gce"] = GceResources.Build,
        ["hetzner"] = HetznerResources.Build,
        ["scaleway"] = ScalewayResources.Build,
    };

    /// <summary>The clouds whose resources are known here, by kOps' name for them.</summary>
    public static IReadOnlyCollection<string> KnownClouds => Clouds.Keys;

    /// <summary>What must be asked of the cloud before the resources can be told; null when nothing must.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself.</exception>
    public static CloudQuestions? Questions(ResourceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var questions = CloudProfiles.Of(request.Cluster).Name == "aws" ? AwsQuestions.Of(request) : null;
        return questions is { IsEmpty: false } ? questions : null;
    }

    /// <summary>The resources of a cluster.</summary>
    /// <exception cref="NotSupportedException">The resources of its cloud, or something that it asks for, are not known here.</exception>
    /// <exception cref="FormatException">The cluster contradicts itself, or a fact is missing.</exception>
    public static CloudResources Build(ResourceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Features.IsOn("Spotinst"))
            throw new NotSupportedException("machines by Spot.io are not known here; leave Spotinst out of KOPS_FEATURE_FLAGS");
        var cloud = CloudProfiles.Of(request.Cluster).Name;
        return Clouds.TryGetValue(cloud, out var build)
            ? build(request)
            : throw new NotSupportedException(
                $"the resources of a cluster on {cloud} are not known here; known are those on {string.Join(", ", Clouds.Keys)}"
            );
    }
}
