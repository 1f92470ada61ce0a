using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Semver;

namespace Kops.Model.Completion;

/// <summary>
/// What is chosen once for a cluster and then stays in its file, however it came to be (<c>create -f</c>, <c>replace</c>): the
/// Kubernetes version, the network's range, those of subnets, pods and services, and for how long backups are kept (kOps:
/// PerformAssignments). A subnet that is added later then renumbers none.
/// </summary>
public static class ClusterAssigner
{
    /// <summary>Fills in what the cluster leaves open; what is set is kept. Doing it twice is doing it once.</summary>
    /// <param name="cluster">The cluster; it is changed.</param>
    /// <param name="facts">What is known of the clouds: networks and their subnets.</param>
    /// <param name="channel">Where the Kubernetes version is recommended; null where the cluster must name one.</param>
    /// <exception cref="FormatException">The cluster names no cloud.</exception>
    /// <exception cref="InvalidFlagException">A range that cannot be chosen, a subnet that contradicts the cloud, no version.</exception>
    public static void Assign(Cluster cluster, CloudFacts facts, Channel? channel)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(facts);
        var cloud = CloudProfiles.Of(cluster);
        NewCluster.Assignments.Apply(cluster, cloud, facts.Of(cloud.Name));
        cluster.Spec.KubernetesVersion ??=
            channel?.RecommendedKubernetes(SemVersion.Parse(Versions.Kops))
            ?? throw new InvalidFlagException(
                "kubernetes-version",
                $"--kubernetes-version is needed (spec.kubernetesVersion): the channel '{cluster.Spec.Channel}' recommends none"
            );
    }
}
