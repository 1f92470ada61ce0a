namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes controller manager.</summary>
internal static class ControllerManagerDefaults
{
    public static void Apply(CompletionContext context)
    {
        var manager = context.Spec.EnsureKubeControllerManager();
        manager.AttachDetachReconcileSyncPeriod ??= "1m0s";
        manager.ClusterName ??= context.Name;
        if (context.Cloud.Name != "metal") manager.CloudProvider ??= "external";
        manager.ConfigureCloudRoutes ??= false;
        manager.Image ??= context.KubernetesImage("kube-controller-manager");
        manager.LogLevel ??= 2;
        manager.UseServiceAccountCredentials ??= true;
        manager.AllocateNodeCIDRs ??= !context.IsIPv6Only;
        if (!context.IsIPv6Only) manager.ClusterCIDR ??= context.Spec.PodCIDR;
        // The cloud gives pods their IPv6 addresses.
        else if (manager.Controllers.Count == 0) manager.Controllers.Set(["*", "-nodeipam"]);
        manager.EnsureLeaderElection().LeaderElect ??= true;
    }
}
