using Semver;

namespace Kops.Model.Completion.Context;

/// <summary>The versions of all that a cluster runs beside Kubernetes: kOps 1.37.0-alpha.1.</summary>
internal static class ComponentVersions
{
    public const string Containerd = "2.3.4";
    public const string Runc = "1.4.3";
    public const string Pause = "registry.k8s.io/pause:3.10.1";
    public const string NodeLocalDns = "registry.k8s.io/dns/k8s-dns-node-cache:1.26.0";

    public const string AwsCloudController = "registry.k8s.io/provider-aws/cloud-controller-manager:v1.36.1";
    public const string AzureCloudController = "mcr.microsoft.com/oss/v2/kubernetes/azure-cloud-controller-manager:v1.36.2";
    public const string AzureNodeManager = "mcr.microsoft.com/oss/v2/kubernetes/azure-cloud-node-manager:v1.36.2";
    public const string GceCloudController = "registry.k8s.io/cloud-provider-gcp/cloud-controller-manager:v35.0.0";
    public const string HetznerCloudController = "hetznercloud/hcloud-cloud-controller-manager:v1.31.0";
    public const string LinodeCloudController = "linode/linode-cloud-controller-manager:v0.9.5";

    public const string EbsDriver = "v1.58.0";
    public const string GceDiskDriver = "v1.22.1";
    public const string NodeTerminationHandler = "v1.25.5";
    public const string NodeProblemDetector = "registry.k8s.io/node-problem-detector/node-problem-detector:v0.8.18";
    public const string Karpenter = "public.ecr.aws/karpenter/controller:1.13.0";
    public const string Cilium = "v1.18.12";
    public const string Kindnet = "v1.0.1";
    public const string NvidiaPlugin = "nvcr.io/nvidia/k8s-device-plugin:v0.17.3";
    public const string NvidiaDriver = "nvidia-driver-535-server";

    /// <summary>etcd goes with Kubernetes, so that no cluster gets a version that its API server was not tested with.</summary>
    public static string Etcd(SemVersion kubernetes) => kubernetes.IsAtLeast(34) ? "3.6.12" : "3.5.31";

    /// <summary>The autoscaler of the same minor version; the newest for all that kOps has no own for.</summary>
    public static string ClusterAutoscaler(SemVersion kubernetes)
    {
        ArgumentNullException.ThrowIfNull(kubernetes);
        var version = (int)kubernetes.Minor switch
        {
            32 => "v1.32.7",
            33 => "v1.33.5",
            34 => "v1.34.4",
            35 => "v1.35.1",
            _ => "v1.36.0",
        };
        return $"registry.k8s.io/autoscaling/cluster-autoscaler:{version}";
    }
}
