using Kops.Api;
using Kops.Model.Completion.Context;
using Kops.Model.Completion.Preparation;

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
        if (context.Spec.IsolateMasters != true)
            return;
        controlPlane.EnableDebuggingHandlers = false;
        controlPlane.HairpinMode = "none";
    }

    private static void Fill(CompletionContext context, KubeletConfigSpec kubelet)
    {
        kubelet.AllowPrivileged = null;
        kubelet.CgroupDriver = "systemd";
        kubelet.CgroupRoot = "/";
        // Nothing on metal would take away the taint that a kubelet with a cloud puts on its machine.
        kubelet.CloudProvider = context.Cloud.Name == "metal" ? null : "external";
        kubelet.ClusterDNS ??= context.Spec.KubeDNS?.NodeLocalDNS is { Enabled: true, LocalIP: { } local }
            ? local
            : AddressDefaults.ServiceAddress(context, 10);
        kubelet.ClusterDomain = context.Spec.ClusterDNSDomain;
        kubelet.EnableDebuggingHandlers = true;
        kubelet.EvictionHard ??= EvictionHard;
        kubelet.KubeconfigPath = "/var/lib/kubelet/kubeconfig";
        kubelet.LogLevel = 2;
        kubelet.PodManifestPath = "/etc/kubernetes/manifests";
        kubelet.ProtectKernelDefaults ??= true;
        if (context.Cloud.Name == "gce")
            kubelet.HairpinMode = "promiscuous-bridge";
        if (!context.Kubernetes.IsAtLeast(34))
            kubelet.RegisterSchedulable = true;
        Shutdown(context, kubelet);
    }

    private static void Shutdown(CompletionContext context, KubeletConfigSpec kubelet)
    {
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
}
