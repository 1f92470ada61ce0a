using Kops.Model.Completion.Context;
using Kops.Model.Flags;

namespace Kops.Model.Completion.Preparation;

/// <summary>The DNS zone that the cluster's names are in, and who keeps them up to date.</summary>
internal static class DnsDefaults
{
    // Names of such clusters are told from machine to machine.
    private const string Gossip = ".k8s.local";

    public static void Apply(CompletionContext context)
    {
        var type = context.Spec.Topology?.Dns?.Type;
        if (type == "None")
            return;
        if (!context.Name.EndsWith(Gossip, StringComparison.Ordinal))
            context.Spec.DnsZone ??= Zone(context, isPrivate: type == "Private");
        if (context.Spec.DnsZone is not null)
            context.Spec.MasterPublicName ??= "api." + context.Name;
        if (context.Spec.ExternalDns is null)
            context.Spec.EnsureExternalDns().Provider = "dns-controller";
    }

    private static string? Zone(CompletionContext context, bool isPrivate) =>
        context.Facts.FindDnsZones(context.Name, isPrivate) switch
        {
            [var only] => only.Id,
            [] when !context.Cloud.HasDnsZones => null,
            var found => throw new InvalidFlagException(
                "dns-zone",
                $"--dns-zone is needed (spec.dnsZone): {(found.Count == 0 ? "no" : "more than one")} {(isPrivate ? "private" : "public")} "
                    + $"DNS zone for '{context.Name}' is known here; name it, describe it in the file that KOPS_CLOUD_FACTS names, or do "
                    + "without names in DNS (spec.topology.dns.type: None)"
            ),
        };
}
