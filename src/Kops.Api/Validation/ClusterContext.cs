using System.Net;
using Kops.Api.Clouds;

namespace Kops.Api.Validation;

/// <summary>A cluster as rules see it: its fields, and what many rules ask of it.</summary>
internal sealed class ClusterContext
{
    public ClusterContext(Cluster cluster, List<Problem> problems, ValidationOptions options)
    {
        Options = options;
        Root = Field.Root(new Report(problems, $"Cluster {cluster.Metadata.Name}"), cluster.Node, cluster.Type);
        Spec = Root["spec"];
        var isMetal = Root["metadata"]["labels"].Entries.Any(label => label is { Key: CloudProfiles.CloudLabel, Value.Text: "metal" });
        Cloud = CloudOf(isMetal ? "metal" : Spec["cloudProvider"].Text);
        NetworkCidrs =
        [
            .. Spec["additionalNetworkCIDRs"].Items.Prepend(Spec["networkCIDR"]).Select(field => Cidr.Find(field.Text)).OfType<IPNetwork>(),
        ];
    }

    public ValidationOptions Options { get; }

    public Field Root { get; }

    public Field Spec { get; }

    public CloudProfile Cloud { get; }

    public string Name => Root["metadata"]["name"].Text ?? string.Empty;

    public bool IsAws => Cloud.Name == "aws";

    /// <summary>The networks that can be read, the main one first.</summary>
    public IReadOnlyList<IPNetwork> NetworkCidrs { get; }

    public IPNetwork? PodCidr => Cidr.Find(Spec["podCIDR"].Text);

    public IPNetwork? ServiceCidr => Cidr.Find(Spec["serviceClusterIPRange"].Text);

    /// <summary>The range that all addresses within the cluster are of.</summary>
    public IPNetwork? ClusterRange => Cidr.Find(Spec["nonMasqueradeCIDR"].Text);

    public bool IsIPv6Only => Spec["nonMasqueradeCIDR"].Text == "::/0";

    /// <summary>Whether the cluster does without DNS records.</summary>
    public bool UsesNoneDns => string.Equals(Spec["topology"]["dns"]["type"].Text, "None", StringComparison.OrdinalIgnoreCase);

    public bool UsesGossip => Name.EndsWith(".k8s.local", StringComparison.Ordinal) && !UsesNoneDns;

    public bool HasCertManager => Spec["certManager"]["enabled"].IsTrue;

    public bool HasServiceAccountPermissions => Spec["iam"]["useServiceAccountExternalPermissions"].IsTrue;

    // Where the cloud is a mistake, that is said; nothing is asked for in its name.
    private static CloudProfile CloudOf(string? name) =>
        CloudProfiles.Find(name)
        ?? new()
        {
            Name = name ?? string.Empty,
            AllowsMoreNetworkCidrs = true,
            NeedsNonMasqueradeCidr = false,
        };
}
