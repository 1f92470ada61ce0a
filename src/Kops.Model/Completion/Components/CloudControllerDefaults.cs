using Kops.Api;

namespace Kops.Model.Completion.Components;

/// <summary>The cloud's controllers: nodes, routes, load balancers.</summary>
internal static class CloudControllerDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Cloud.Name == "metal") return;
        var manager = context.Spec.EnsureCloudControllerManager();
        var leads = context.Cloud.Name != "hetzner";
        switch (context.Cloud.Name)
        {
            case "aws":
                manager.ClusterName ??= context.Name;
                manager.Image ??= ComponentVersions.AwsCloudController;
                Addresses(context, manager);
                manager.ConfigureCloudRoutes ??= context.Spec.Networking?.Kubenet is not null;
                break;
            case "azure":
                manager.Image ??= ComponentVersions.AzureCloudController;
                manager.AzureNodeManagerImage ??= ComponentVersions.AzureNodeManager;
                manager.LogLevel ??= 2;
                manager.ConfigureCloudRoutes ??= context.Spec.Networking?.Kubenet is not null;
                break;
            case "gce":
                manager.ClusterName ??= context.DashedName;
                manager.Image ??= ComponentVersions.GceCloudController;
                manager.CidrAllocatorType ??= "CloudAllocator";
                if (manager.Controllers.Count == 0) manager.Controllers.Set(["*"]);
                Addresses(context, manager);
                break;
            case "hetzner":
                manager.CloudProvider ??= "hcloud";
                manager.Image ??= ComponentVersions.HetznerCloudController;
                manager.AllowUntaggedCloud ??= true;
                Addresses(context, manager);
                manager.ConfigureCloudRoutes ??= false;
                break;
            default:
                Addresses(context, manager);
                break;
        }

        manager.EnsureLeaderElection().LeaderElect ??= leads;
    }

    private static void Addresses(CompletionContext context, CloudControllerManagerConfig manager)
    {
        manager.AllocateNodeCIDRs ??= !context.IsIPv6Only;
        if (!context.IsIPv6Only) manager.ClusterCIDR ??= context.Spec.PodCIDR;
    }
}
