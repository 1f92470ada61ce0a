using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The cluster's subnets.</summary>
internal static partial class SubnetRules
{
    private static readonly string[] EgressKinds = ["nat", "eipalloc", "i", "tgw", "External"];

    public static void Check(ClusterContext cluster)
    {
        var subnets = cluster.Spec["subnets"];
        if (cluster.Cloud.NeedsSubnets)
            subnets.Require("configure at least one subnet (create cluster --zones)");
        foreach (var subnet in subnets.Items)
            One(cluster, subnet);
        Names(subnets);
        Regions(cluster, subnets);
        Overlaps(subnets);

        Field[] all = [.. subnets.Items];
        foreach (var subnet in all.Where(subnet => (subnet["id"].Text is null) != (all[0]["id"].Text is null)))
            subnet["id"].Fail("subnets that exist already and new ones cannot be mixed: give all of them an id, or none");
    }

    private static void One(ClusterContext cluster, Field subnet)
    {
        subnet["name"].Require("name the subnet, such as us-east-1a");
        if (cluster.Cloud.NeedsSubnetZone && subnet["zone"].Require("name the zone, such as us-east-1a"))
            subnet["zone"].FailIf(!AwsZone().IsMatch(subnet["zone"].Text!), $"'{subnet["zone"].Text}' is not a zone such as us-east-1a");
        if (cluster.Cloud.Name == "gce")
            subnet["zone"].Forbid("a subnet of Google Cloud spans its region: remove it");
        subnet["type"].OneOf("Public", "Private", "DualStack", "Utility");
        Range(cluster, subnet["cidr"]);
        IPv6Range(cluster, subnet["ipv6CIDR"]);
        Egress(subnet);
        var type = subnet["type"];
        type.FailIf(
            type.Text == "DualStack" && !cluster.IsIPv6Only,
            "DualStack is for IPv6 clusters (spec.nonMasqueradeCIDR ::/0): use Public or Private"
        );
        type.FailIf(
            type.Text == "Public"
                && cluster.Cloud.Name == "openstack"
                && cluster.Spec["cloudConfig"]["openstack"]["router"]["externalNetwork"].Node is null,
            "a public subnet needs spec.cloudConfig.openstack.router.externalNetwork"
        );
        Routes(cluster, subnet);
    }

    private static void Range(ClusterContext cluster, Field field)
    {
        if (Cidr.Check(field) is not { } range)
            return;
        field.FailIf(
            cluster.NetworkCidrs.Count > 0 && !cluster.NetworkCidrs.Any(network => Cidr.IsWithin(range, network)),
            $"'{field.Text}' does not lie within the cluster's network, {string.Join(" or ", cluster.NetworkCidrs)}"
        );
        field.FailIf(
            Cidr.Overlap(range, cluster.PodCidr) && !cluster.Spec["networking"]["amazonvpc"].IsSet,
            $"'{field.Text}' overlaps spec.podCIDR, {cluster.PodCidr}"
        );
        field.FailIf(
            Cidr.Overlap(range, cluster.ServiceCidr),
            $"'{field.Text}' overlaps spec.serviceClusterIPRange, {cluster.ServiceCidr}"
        );
    }

    private static void IPv6Range(ClusterContext cluster, Field field)
    {
        if (field.Text is not { } text)
            return;
        field.FailIf(!cluster.IsAws, "is only supported on AWS: remove it");
        // "/64#0" is the first /64 of the network's range, whatever that will be.
        if (text.StartsWith('/'))
        {
            var match = Relative().Match(text);
            field.FailIf(
                !match.Success || int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture) > 128,
                $"'{text}' is not a range such as /64#0 or 2001:db8::/64"
            );
            return;
        }

        if (Cidr.Check(field) is not { } range)
            return;
        field.FailIf(
            range.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6,
            $"'{text}' is not an IPv6 range such as 2001:db8::/64"
        );
        field.FailIf(Cidr.Overlap(range, cluster.ServiceCidr), $"'{text}' overlaps spec.serviceClusterIPRange, {cluster.ServiceCidr}");
    }

    private static void Egress(Field subnet)
    {
        if (subnet["egress"] is not { Text: { } text } egress)
            return;
        egress.FailIf(
            !EgressKinds.Contains(text.Split('-')[0]),
            $"'{text}' is not a way out of a subnet: use a NAT gateway (nat-...), an elastic IP (eipalloc-...), an instance (i-...), a "
                + $"transit gateway (tgw-...) or External"
        );
        var isPrivate = subnet["type"].Text is "Private" or "DualStack" || (subnet["type"].Text == "Public" && subnet["ipv6CIDR"].IsSet);
        egress.FailIf(text != "External" && !isPrivate, "is for private subnets and public ones with IPv6: remove it");
    }

    private static void Routes(ClusterContext cluster, Field subnet)
    {
        var routes = subnet["additionalRoutes"];
        if (!cluster.IsAws || routes.Count == 0)
            return;
        routes.FailIf(subnet["id"].IsSet, "cannot be added to a subnet that exists already");
        routes.FailIf(!subnet["id"].IsSet && subnet["type"].Text != "Private", "can only be added to a private subnet");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in routes.Items)
        {
            route["cidr"].FailIf(route["cidr"].Text is { } text && !seen.Add(text), $"'{route["cidr"].Text}' has a route already");
            if (Cidr.Check(route["cidr"]) is { } range)
                route["cidr"]
                    .FailIf(
                        cluster.NetworkCidrs.Any(network => Cidr.IsWithin(range, network)),
                        "lies within the cluster's network, which needs no route"
                    );
            route["target"]
                .FailIf(
                    route["target"].Text?.Split('-')[0] is not ("pcx" or "i" or "nat" or "tgw" or "igw" or "eigw"),
                    "must be a peering (pcx-...), an instance (i-...), a NAT gateway (nat-...), a transit gateway (tgw-...) or an "
                        + "internet gateway (igw-..., eigw-...)"
                );
        }
    }

    private static void Names(Field subnets)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in subnets.Items.Select(subnet => subnet["name"]))
            name.FailIf(name.Text is { } text && !seen.Add(text), $"another subnet is called '{name.Text}' already: names must differ");
    }

    // A cluster lives in one region. On AWS it is a part of the zones' names.
    private static void Regions(ClusterContext cluster, Field subnets)
    {
        string? first = null;
        foreach (var subnet in subnets.Items)
        {
            var field = cluster.IsAws ? subnet["zone"] : subnet["region"];
            if (cluster.Cloud.NeedsSubnetRegion)
                field.Require("name the region");
            var region =
                !cluster.IsAws ? field.Text
                : field.Text is { } zone && AwsRegion().Match(zone) is { Success: true } match ? match.Value
                : null;
            if (region is null)
                continue;
            first ??= region;
            field.FailIf(region != first, $"lies in {region}, other subnets in {first}: a cluster lives in one region");
        }
    }

    private static void Overlaps(Field subnets)
    {
        var seen = new List<(IPNetwork Range, string? Name)>();
        foreach (var subnet in subnets.Items)
        {
            if (Cidr.Find(subnet["cidr"].Text) is not { } range)
                continue;
            foreach (var (other, name) in seen.Where(each => Cidr.Overlap(each.Range, range)))
                subnet["cidr"].Fail($"'{range}' overlaps {other} of subnet '{name}'");
            seen.Add((range, subnet["name"].Text));
        }
    }

    [GeneratedRegex(@"^/(?<length>\d{1,3})#[0-9a-fA-F]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Relative();

    // Also a zone at the edge of a region: us-west-2-lax-1a, us-east-1-wl1-bos-wlz-1.
    [GeneratedRegex(@"^[a-z]{2,}(-[a-z]+)+-\d+([a-z]|(-[a-z0-9]+)+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AwsZone();

    [GeneratedRegex(@"^[a-z]{2,}(-[a-z]+)+-\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AwsRegion();
}
