using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes controller manager.</summary>
internal static class ControllerManagerDefaults
{
    public static void Apply(CompletionContext context)
    {
        var manager = context.Spec.EnsureKubeControllerManager();
        if (manager.AttachDetachReconcileSyncPeriod is null or "0s")
            manager.AttachDetachReconcileSyncPeriod = "1m0s";
        manager.ClusterName = context.Name;
        manager.CloudProvider = context.ExternalProvider;
        manager.Image = context.KubernetesImage("kube-controller-manager");
        manager.LogLevel ??= 2;
        manager.UseServiceAccountCredentials ??= true;
        manager.LeaderElection = new() { LeaderElect = true };
        Addresses(context, manager);
        if (manager.Controllers.Count == 0)
            manager.Controllers.Set(Controllers(context));
    }

    private static void Addresses(CompletionContext context, KubeControllerManagerConfig manager)
    {
        manager.AllocateNodeCIDRs = !context.IsIPv6Only;
        if (!context.IsIPv6Only)
            manager.ClusterCIDR ??= context.Spec.PodCIDR;
        // Kubenet alone needs a route to each machine's pods.
        manager.ConfigureCloudRoutes = context.Spec.Networking?.Kubenet is not null;
        if (context.Spec.Networking?.Gce is not null)
            manager.CidrAllocatorType = "CloudAllocator";
    }

    // All, with one that is off by default, and without what kops-controller does where pods have IPv6 addresses.
    private static List<string> Controllers(CompletionContext context)
    {
        List<string> changes = [];
        if (context.Spec.KubeAPIServer?.EnableBootstrapTokenAuth == true)
            changes.Add("tokencleaner");
        if (context.IsIPv6Only)
            changes.Add("-nodeipam");
        return changes.Count == 0 ? [] : ["*", .. changes];
    }
}
