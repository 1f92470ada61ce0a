using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The kubelet, on nodes and on the control plane.</summary>
internal static class KubeletDefaults
{
    private const string EvictionHard =
        "memory.available<100Mi,nodefs.available<10%,nodefs.inodesFree<5%,imagefs.available<10%,imagefs.inodesFree<5%";

    public static void Apply(CompletionContext context)
    {
        Fill(context, context.Spec.EnsureKubelet());
        var controlPlane = context.Spec.EnsureMasterKubelet();
        Fill(context, controlPlane);
        controlPlane.AnonymousAuth ??= context.Spec.Kubelet?.AnonymousAuth;
        // On by default since Kubernetes 1.36; files of images are mounted on the control plane.
        if (!context.Kubernetes.IsAtLeast(36) && !controlPlane.FeatureGates.ContainsKey("ImageVolume"))
            controlPlane.FeatureGates["ImageVolume"] = "true";
        if (context.Spec.IsolateMasters != true)
            return;
        controlPlane.EnableDebuggingHandlers = false;
        controlPlane.HairpinMode = "none";
    }

    private static void Fill(CompletionContext context, KubeletConfigSpec kubelet)
    {
        Fix(context, kubelet);
        kubelet.ClusterDNS ??= context.Spec.KubeDNS?.NodeLocalDNS is { Enabled: true, LocalIP: { } local }
            ? local
            : AddressDefaults.ServiceAddress(context, 10);
        kubelet.EvictionHard ??= EvictionHard;
        kubelet.ProtectKernelDefaults ??= true;
        if (context.HasAmazonVpc)
        {
            // A slow shutdown would leak the network interfaces of pods.
            kubelet.ShutdownGracePeriod = "0s";
            kubelet.ShutdownGracePeriodCriticalPods = "0s";
        }
        else if (kubelet.ShutdownGracePeriod is null)
        {
            kubelet.ShutdownGracePeriod = "30s";
            kubelet.ShutdownGracePeriodCriticalPods = "10s";
        }
    }

    // Machines are set up for these: kOps does not let them be changed.
    private static void Fix(CompletionContext context, KubeletConfigSpec kubelet)
    {
        kubelet.AllowPrivileged = null;
        kubelet.CgroupDriver = "systemd";
        kubelet.CgroupRoot = "/";
        kubelet.CloudProvider = context.ExternalProvider;
        kubelet.ClusterDomain = context.Spec.ClusterDNSDomain;
        kubelet.EnableDebuggingHandlers = true;
        kubelet.KubeconfigPath = "/var/lib/kubelet/kubeconfig";
        kubelet.LogLevel = 2;
        kubelet.PodManifestPath = "/etc/kubernetes/manifests";
        if (context.Cloud.Name == "gce")
            kubelet.HairpinMode = "promiscuous-bridge";
        if (!context.Kubernetes.IsAtLeast(34))
            kubelet.RegisterSchedulable = true;
    }
}
