using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>The DNS zone that the cluster's names are in, and who keeps them up to date.</summary>
internal static class DnsDefaults
{
    public static void Apply(CompletionContext context)
    {
        var type = context.Spec.Topology?.Dns?.Type;
        if (type == "None")
            return;
        // The zone with the longest name that the cluster's name ends in.
        context.Spec.DnsZone ??= context
            .Facts.DnsZones.Where(zone =>
                zone.IsPrivate == (type == "Private") && ("." + context.Name).EndsWith("." + zone.Name, StringComparison.Ordinal)
            )
            .MaxBy(zone => zone.Name.Length)
            ?.Id;
        if (context.Spec.DnsZone is not null)
            context.Spec.MasterPublicName ??= "api." + context.Name;
        if (context.Spec.ExternalDns is null)
            context.Spec.EnsureExternalDns().Provider = "dns-controller";
    }
}
