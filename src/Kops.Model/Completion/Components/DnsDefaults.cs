namespace Kops.Model.Completion.Components;

/// <summary>The DNS zone that the cluster's names are in, and who keeps them up to date.</summary>
internal static class DnsDefaults
{
    public static void Apply(CompletionContext context)
    {
        var type = context.Spec.Topology?.Dns?.Type;
        if (type == "None" || context.Name.EndsWith(".k8s.local", StringComparison.Ordinal)) return;
        // The zone with the longest name that the cluster's name ends in.
        context.Spec.DnsZone ??= context.Facts.DnsZones
            .Where(zone => zone.IsPrivate == (type == "Private") && ("." + context.Name).EndsWith("." + zone.Name, StringComparison.Ordinal))
            .MaxBy(zone => zone.Name.Length)?.Id;
        context.Spec.EnsureExternalDns().Provider ??= "dns-controller";
    }
}
