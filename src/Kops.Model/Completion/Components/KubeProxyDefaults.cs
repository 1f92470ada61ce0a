using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The service proxy on each machine.</summary>
internal static class KubeProxyDefaults
{
    public static void Apply(CompletionContext context)
    {
        var proxy = context.Spec.EnsureKubeProxy();
        proxy.CpuRequest ??= "100m";
        proxy.Image = context.KubernetesImage("kube-proxy");
        proxy.LogLevel ??= 2;
        // Pods of the Amazon VPC network are not told from machines by their addresses.
        if (!context.HasAmazonVpc)
            proxy.ClusterCIDR ??= context.Spec.KubeControllerManager?.ClusterCIDR;
    }
}
