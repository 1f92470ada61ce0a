using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Model.Channels;
using Semver;

namespace Kops.Model.Upgrades;

/// <summary>
/// Plans the upgrade of a cluster to what a channel recommends: channel, Kubernetes version and images, as <c>kops upgrade cluster</c>
/// does. Nothing is ever taken back, and images of the user's own are left alone.
/// </summary>
public static class ClusterUpgrade
{
    // Images that kOps has recommended over the years (kOps: Channel.HasUpstreamImagePrefix); any other is the user's own.
    private static readonly string[] RecommendedImages =
    [
        "kope.io/k8s-",
        "099720109477/ubuntu/images/hvm-ssd/ubuntu-",
        "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-",
        "cos-cloud/cos-stable-",
        "ubuntu-os-cloud/ubuntu-",
        "Canonical:0001-com-ubuntu-server-",
        "Canonical:ubuntu-",
    ];

    /// <summary>Plans the upgrade; nothing that is given is changed.</summary>
    /// <exception cref="FormatException">The cluster does not say its cloud.</exception>
    public static UpgradePlan Plan(UpgradeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cluster = new Cluster((MappingNode)request.Cluster.Node.Clone());
        List<InstanceGroup> groups = [.. request.InstanceGroups.Select(group => new InstanceGroup((MappingNode)group.Node.Clone()))];
        List<UpgradeAction> actions = [];
        List<string> notes = [];
        if (request.ChannelName != cluster.Spec.Channel)
        {
            actions.Add(new("Cluster", "Channel", cluster.Spec.Channel ?? string.Empty, request.ChannelName));
            cluster.Spec.Channel = request.ChannelName;
        }

        if (Kubernetes(request, cluster, actions, notes) is { } version)
            Images(request, groups, version, actions, notes);
        return new(cluster, groups, actions, notes);
    }

    private static SemVersion? Kubernetes(UpgradeRequest request, Cluster cluster, List<UpgradeAction> actions, List<string> notes)
    {
        var written = cluster.Spec.KubernetesVersion;
        if (!Versions.TryParseKubernetes(written, out var current))
            notes.Add($"the Kubernetes version '{written}' cannot be read; it is left alone");
        var wanted = request.KubernetesVersion ?? Recommended(request.Channel);
        if (wanted is null)
            return current;
        if (current is not null && current.ComparePrecedenceTo(wanted) > 0)
        {
            notes.Add($"cluster version \"{current}\" is greater than the desired version \"{wanted}\"; it is left alone");
            return current;
        }

        if (current is null || current.ComparePrecedenceTo(wanted) == 0)
            return wanted;
        actions.Add(new("Cluster", "KubernetesVersion", written!, wanted.ToString()));
        cluster.Spec.KubernetesVersion = wanted.ToString();
        return wanted;
    }

    private static void Images(
        UpgradeRequest request,
        List<InstanceGroup> groups,
        SemVersion kubernetes,
        List<UpgradeAction> actions,
        List<string> notes
    )
    {
        var cloud = CloudProfiles.Of(request.Cluster);
        var facts = request.Facts.Of(cloud.Name);
        foreach (var group in groups)
        {
            var name = group.Metadata.Name;
            // Groups of Spot once had a list here, of one architecture.
            var image = request.Channel.FindImage(
                cloud.Name,
                facts.ArchitectureOf(cloud, group.Spec.MachineType?.Split(',')[0]),
                kubernetes
            );
            var old = group.Spec.Image ?? string.Empty;
            if (image is null)
                notes.Add(
                    $"the channel has no image for instance group \"{name}\"; {(old.Length > 0 ? old : "what it has")} is left alone"
                );
            else if (old.Length > 0 && !RecommendedImages.Any(prefix => old.StartsWith(prefix, StringComparison.Ordinal)))
                notes.Add($"custom image ({old}) has been provided for instance group \"{name}\"; it is left alone");
            else if (old != image)
            {
                actions.Add(new($"InstanceGroup/{name}", "Image", old, image));
                group.Spec.Image = image;
            }
        }
    }

    private static SemVersion? Recommended(Channel channel) =>
        Versions.TryParseKubernetes(channel.RecommendedKubernetes(SemVersion.Parse(Versions.Kops)), out var version) ? version : null;
}
