using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Networking;

/// <summary>kindnet.</summary>
internal static class KindnetDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Networking?.Kindnet is not { } kindnet)
            return;
        kindnet.Version ??= ComponentVersions.Kindnet;
        kindnet.FastPathThreshold ??= 0;
        kindnet.LogLevel ??= 2;
        if (kindnet.Masquerade is not null)
            return;
        // IPv6 addresses of pods are good everywhere; others are hidden but within the cluster.
        var masquerade = kindnet.EnsureMasquerade();
        masquerade.Enabled = !context.IsIPv6Only;
        if (!context.IsIPv6Only)
            masquerade.NonMasqueradeCIDRs.Set(
                new[] { context.Spec.NetworkCIDR, context.Spec.PodCIDR, context.Spec.ServiceClusterIPRange }.OfType<string>()
            );
        else if (context.Cloud.Name != "aws")
            kindnet.Nat64 ??= true;
    }
}
