using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The cloud's controllers: nodes, routes, load balancers.</summary>
internal static class CloudControllerDefaults
{
    public static void Apply(CompletionContext context)
    {
        switch (context.Cloud.Name)
        {
            // Their controllers need no settings, and metal has none.
            case "digitalocean" or "metal" or "scaleway":
                return;
            case "openstack":
                context.Spec.CloudControllerManager ??= new() { LeaderElection = new() { LeaderElect = true } };
                return;
        }

        var manager = context.Spec.EnsureCloudControllerManager();
        // Hetzner's controllers run on one machine only.
        manager.EnsureLeaderElection().LeaderElect = context.Cloud.Name != "hetzner";
        switch (context.Cloud.Name)
        {
            case "aws":
                manager.ClusterName = context.Name;
                manager.Image ??= ComponentVersions.AwsCloudController;
                Addresses(context, manager);
                manager.ConfigureCloudRoutes = context.Spec.Networking?.Kubenet is not null;
                break;
            case "azure":
                manager.Image ??= ComponentVersions.AzureCloudController;
                manager.AzureNodeManagerImage ??= ComponentVersions.AzureNodeManager;
                manager.LogLevel ??= 2;
                // The network of Azure drops what is for an address that it does not know, as those of pods are.
                manager.ConfigureCloudRoutes = context.Spec.Networking is { Kubenet: not null } or { Kindnet: not null };
                break;
            case "gce":
                Gce(context, manager);
                break;
            case "hetzner":
                manager.CloudProvider = "hcloud";
                manager.Image ??= ComponentVersions.HetznerCloudController;
                manager.AllowUntaggedCloud = true;
                Addresses(context, manager);
                manager.ConfigureCloudRoutes = false;
                break;
            case "linode":
                manager.CloudProvider = "linode";
                manager.Image ??= ComponentVersions.LinodeCloudController;
                manager.ClusterCIDR ??= context.Spec.PodCIDR;
                manager.AllocateNodeCIDRs = true;
                manager.ConfigureCloudRoutes = false;
                break;
        }
    }

    private static void Gce(CompletionContext context, CloudControllerManagerConfig manager)
    {
        manager.ClusterName = context.DashedName;
        manager.Image ??= ComponentVersions.GceCloudController;
        manager.AllocateNodeCIDRs = true;
        manager.ClusterCIDR ??= context.Spec.PodCIDR;
        manager.CidrAllocatorType = "CloudAllocator";
        // Addresses of the network itself need no routes.
        if (context.UsesIPAliases)
            manager.ConfigureCloudRoutes = false;
        if (manager.Controllers.Count > 0)
            return;
        manager.Controllers.Set(context.IsIPv6Only ? ["*", "-node-ipam-controller", "-node-route-controller"] : ["*"]);
    }

    private static void Addresses(CompletionContext context, CloudControllerManagerConfig manager)
    {
        manager.AllocateNodeCIDRs = !context.IsIPv6Only;
        if (!context.IsIPv6Only)
            manager.ClusterCIDR ??= context.Spec.PodCIDR;
    }
}
