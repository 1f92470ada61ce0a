using Kops.Model.Flags;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>How names of the cluster are published: in a public zone, a private one, or not at all.</summary>
internal static class DnsSetup
{
    private const string GossipDomain = ".k8s.local";

    public static void Apply(ClusterDraft draft)
    {
        var zone = Given(draft.Flags.DnsZone);
        draft.Spec.EnsureTopology().EnsureDns().Type = Given(draft.Flags.Dns)?.ToLowerInvariant() switch
        {
            // kOps 1.37: a zone that is named means to use it, else no DNS is needed.
            null => zone is null ? "None" : "Public",
            "public" => "Public",
            "private" => "Private",
            "none" => "None",
            var other => throw new InvalidFlagException("dns", $"--dns: there is no '{other}'; there are public, private and none"),
        };
        draft.Spec.DnsZone = zone;
        if (draft.Request.Name.EndsWith(GossipDomain, StringComparison.Ordinal) && PublishesRecords(draft))
        {
            var flag = Given(draft.Flags.Dns) is null ? "dns-zone" : "dns";
            throw new InvalidFlagException(
                flag,
                $"--{flag}: names under k8s.local are in no DNS zone, and kOps 1.37 spreads them no more by gossip: use --dns none, or "
                    + $"another name"
            );
        }

        if (zone is null && PublishesRecords(draft))
            CheckZone(draft);
    }

    /// <summary>Whether the flags ask for no DNS; so they do when they say nothing of it.</summary>
    public static bool IsNone(ClusterFlags flags) =>
        Given(flags.Dns) is { } dns ? dns.Equals("none", StringComparison.OrdinalIgnoreCase) : Given(flags.DnsZone) is null;

    // Where nothing is known of the cloud's zones, they are asked for when the cluster is completed.
    private static void CheckZone(ClusterDraft draft)
    {
        var isPrivate = draft.Spec.Topology?.Dns?.Type == "Private";
        if (
            draft.Cloud.HasDnsZones
            && draft.Facts.DnsZones.Count > 0
            && draft.Facts.FindDnsZones(draft.Request.Name, isPrivate) is { Count: not 1 } found
        )
            throw new InvalidFlagException(
                "dns",
                $"--dns {draft.Flags.Dns}: {(found.Count == 0 ? "no" : "more than one")} zone is known in which '{draft.Request.Name}' "
                    + "would be published: name one with --dns-zone, or use --dns none"
            );
    }

    /// <summary>Whether names in DNS lead to the cluster.</summary>
    public static bool PublishesRecords(ClusterDraft draft) => draft.Spec.Topology?.Dns?.Type != "None";
}
