using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.Images;
using Semver;

namespace Kops.Model.Completion.Context;

/// <summary>The cluster that is being completed, with questions about it.</summary>
internal sealed class CompletionContext
{
    public CompletionContext(Cluster cluster, CloudFacts facts)
    {
        Cluster = cluster;
        Kubernetes = Versions.ParseKubernetes(cluster.Spec.KubernetesVersion);
        Cloud = CloudProfiles.Of(cluster);
        Facts = facts.Of(Cloud.Name);
    }

    public Cluster Cluster { get; }

    public ClusterSpec Spec => Cluster.Spec;

    public string Name => Cluster.Metadata.Name ?? string.Empty;

    public SemVersion Kubernetes { get; }

    public CloudProfile Cloud { get; }

    public ProviderFacts Facts { get; }

    public bool IsIPv6Only => Spec.NonMasqueradeCIDR == "::/0";

    public bool HasAmazonVpc => Spec.Networking?.Amazonvpc is not null;

    /// <summary>Whether pods have addresses of the network itself, as secondary ranges of Google Cloud's subnets.</summary>
    public bool UsesIPAliases => Cloud.Name == "gce" && NewCluster.FreeRangePlanner.UsesIPAliases(Spec);

    /// <summary>The cluster's name where dots are not allowed.</summary>
    public string DashedName => Name.Replace('.', '-');

    /// <summary>How many API servers there are: one with each member of the main etcd.</summary>
    public int ApiServers => Spec.EtcdClusters.FirstOrDefault(etcd => etcd.Name == "main")?.EtcdMembers.Count ?? 1;

    /// <summary>A Kubernetes component's image.</summary>
    public string KubernetesImage(string component) => Image($"registry.k8s.io/{component}:v{Kubernetes}");

    /// <summary>An image from where the cluster pulls it.</summary>
    public string Image(string image) => ImageLocations.Of(Spec).Of(image);
}
