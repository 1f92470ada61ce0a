using System.Net;
using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The Kubernetes controller manager.</summary>
internal static class ControllerManagerDefaults
{
    // What Kubernetes allows a node's range to be longer than the cluster's.
    private const int MostNodeBits = 16;
    private const int IPv6Bits = 128;

    public static void Apply(CompletionContext context)
    {
        var manager = context.Spec.EnsureKubeControllerManager();
        if (manager.AttachDetachReconcileSyncPeriod is null or "0s")
            manager.AttachDetachReconcileSyncPeriod = "1m0s";
        manager.ClusterName = context.Name;
        manager.CloudProvider = "external";
        manager.Image = context.KubernetesImage("kube-controller-manager");
        manager.LogLevel ??= 2;
        manager.UseServiceAccountCredentials ??= true;
        manager.EnsureLeaderElection().LeaderElect ??= true;
        Addresses(context, manager);
        // What kops-controller does where pods have IPv6 addresses.
        if (manager.Controllers.Count == 0 && context.IsIPv6Only)
            manager.Controllers.Set(["*", "-nodeipam"]);
    }

    private static void Addresses(CompletionContext context, KubeControllerManagerConfig manager)
    {
        // With IP aliases, the cloud's controller gives machines their ranges.
        manager.AllocateNodeCIDRs = !context.IsIPv6Only && !context.UsesIPAliases;
        if (!context.IsIPv6Only)
            manager.ClusterCIDR ??= context.Spec.PodCIDR;
        if (IPNetwork.TryParse(manager.ClusterCIDR ?? string.Empty, out var range) && range.BaseAddress.GetAddressBytes().Length > 4)
            manager.NodeCIDRMaskSize = range.PrefixLength + Math.Min((IPv6Bits - range.PrefixLength) / 2, MostNodeBits);
        // Kubenet alone needs a route to each machine's pods.
        manager.ConfigureCloudRoutes = context.Spec.Networking?.Kubenet is not null;
    }
}
