using Kops.Api;

namespace Kops.Model.Completion.Components;

/// <summary>The kubelet, on nodes and on the control plane.</summary>
internal static class KubeletDefaults
{
    private const string EvictionHard = "memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,imagefs.available<10%,imagefs.inodesFree<5%";

    public static void Apply(CompletionContext context)
    {
        Fill(context, context.Spec.EnsureKubelet());
        var controlPlane = context.Spec.EnsureMasterKubelet();
        Fill(context, controlPlane);
        controlPlane.AnonymousAuth ??= context.Spec.Kubelet?.AnonymousAuth;
        // On by default since Kubernetes 1.36; files of images are mounted on the control plane.
        if (!context.Kubernetes.IsAtLeast(36) && !controlPlane.FeatureGates.ContainsKey("ImageVolume")) controlPlane.FeatureGates["ImageVolume"] = "true";
    }

    private static void Fill(CompletionContext context, KubeletConfigSpec kubelet)
    {
        kubelet.CgroupDriver ??= "systemd";
        kubelet.CgroupRoot ??= "/";
        if (context.Cloud.Name != "metal") kubelet.CloudProvider ??= "external";
        kubelet.ClusterDNS ??= context.Spec.KubeDNS?.NodeLocalDNS is { Enabled: true, LocalIP: { } local } ? local : context.Spec.KubeDNS?.ServerIP;
        kubelet.ClusterDomain ??= context.Spec.ClusterDNSDomain;
        kubelet.EnableDebuggingHandlers ??= true;
        kubelet.EvictionHard ??= EvictionHard;
        if (context.Cloud.Name == "gce") kubelet.HairpinMode ??= "promiscuous-bridge";
        kubelet.KubeconfigPath ??= "/var/lib/kubelet/kubeconfig";
        kubelet.LogLevel ??= 2;
        kubelet.PodManifestPath ??= "/etc/kubernetes/manifests";
        kubelet.ProtectKernelDefaults ??= true;
        if (!context.Kubernetes.IsAtLeast(33)) kubelet.RegisterSchedulable ??= true;
        // The Amazon VPC network does not bear a slow shutdown: its pods would lose their addresses first.
        kubelet.ShutdownGracePeriod ??= context.HasAmazonVpc ? "0s" : "30s";
        kubelet.ShutdownGracePeriodCriticalPods ??= context.HasAmazonVpc ? "0s" : "10s";
    }
}
