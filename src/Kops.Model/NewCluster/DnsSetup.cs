using Kops.Model.Flags;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>How names of the cluster are published: in a public zone, a private one, or not at all.</summary>
internal static class DnsSetup
{
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
        if (IsGossip(draft) && draft.Spec.Topology?.Dns?.Type == "None")
            draft.Warnings.Add("names under k8s.local were spread by gossip, which is given up: the cluster is made without DNS (--dns none)");
    }

    /// <summary>Whether the flags ask for no DNS; so they do when they say nothing of it.</summary>
    public static bool IsNone(ClusterFlags flags) =>
        Given(flags.Dns) is { } dns ? dns.Equals("none", StringComparison.OrdinalIgnoreCase) : Given(flags.DnsZone) is null;

    /// <summary>Whether names in DNS lead to the cluster: not with gossip, and not without DNS.</summary>
    public static bool PublishesRecords(ClusterDraft draft) => draft.Spec.Topology?.Dns?.Type != "None" && !IsGossip(draft);

    /// <summary>Names under k8s.local are spread by gossip (of old; kOps warns).</summary>
    public static bool IsGossip(ClusterDraft draft) => draft.Request.Name.EndsWith(".k8s.local", StringComparison.Ordinal);
}
