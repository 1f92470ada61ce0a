using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>Names of clusters and instance groups.</summary>
internal static partial class NameRules
{
    private const string DnsName =
        "a DNS name: lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit";

    public static void Cluster(ClusterContext cluster)
    {
        var name = cluster.Root["metadata"]["name"];
        if (!name.Require("name the cluster, such as mycluster.example.com"))
            return;
        // Clusters that were imported once, long ago, keep their short names.
        var isImported = cluster
            .Root["metadata"]["annotations"]
            .Entries.Any(entry => entry.Key == "kops.kubernetes.io/management" && entry.Value.Text == "imported");
        if (!IsDnsSubdomain(name.Text!))
            name.Fail($"'{name.Text}' is not {DnsName}");
        else if (!name.Text!.Contains('.', StringComparison.Ordinal) && !isImported)
            name.Fail($"'{name.Text}' is not fully qualified: add a domain, such as {name.Text}.example.com or {name.Text}.k8s.local");
        else if (cluster.Cloud.Name == "linode")
            name.FailIf(name.Text.Length > 32, "is longer than the 32 characters that Linode allows");
    }

    public static void Group(GroupContext group)
    {
        var name = group.Root["metadata"]["name"];
        // Older versions made names such as Master or nodes_a; the group's file is called so.
        if (name.Require("name the instance group, such as nodes"))
            name.FailIf(!IsFileName(name.Text!), $"'{name.Text}' is not a file name: use letters, digits, '-', '_' and '.'");
    }

    private static bool IsFileName(string name) =>
        name.Length <= 253
        && name is not ("." or "..")
        && !name.Any(letter => letter is '/' or '\\' || char.IsControl(letter) || char.IsWhiteSpace(letter));

    // RFC 1123, as Kubernetes has it.
    private static bool IsDnsSubdomain(string name) => name.Length <= 253 && DnsSubdomain().IsMatch(name);

    [GeneratedRegex(
        @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex DnsSubdomain();
}
