using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Balancers;

/// <summary>The names of load balancers, in a DNS zone that is there already.</summary>
internal static class DnsBuilder
{
    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (cluster.UsesNoDns || Zone(cluster) is not { } zone)
            yield break;
        // A network that the user brought along is taken to see the zone already.
        if (cluster.Spec.Topology?.Dns?.Type == "Private" && !cluster.IsVpcShared)
            yield return new(AwsKinds.ZoneAssociation, zone.Name, new() { ["vpc_id"] = cluster.Vpc(), ["zone_id"] = zone.Id });
        foreach (var (name, balancer, hasIPv6) in Names(cluster).DistinctBy(record => record.Name))
        foreach (var type in hasIPv6 ? ["A", "AAAA"] : new[] { "A" })
            yield return new(
                AwsKinds.DnsRecord,
                type == "A" ? name : $"{name}-{type}",
                new()
                {
                    ["alias"] = new Block
                    {
                        ["evaluate_target_health"] = false,
                        ["name"] = AwsKinds.Balancer.Of(balancer, "dns_name"),
                        ["zone_id"] = AwsKinds.Balancer.Of(balancer, "zone_id"),
                    },
                    ["name"] = name,
                    ["type"] = type,
                    ["zone_id"] = zone.Id,
                }
            );
    }

    /// <summary>The id of the cluster's zone, as Route 53 writes it; null when it has none.</summary>
    public static string? ZoneId(AwsCluster cluster) => cluster.UsesNoDns ? null : Zone(cluster)?.Id;

    private static IEnumerable<(string Name, string Balancer, bool HasIPv6)> Names(AwsCluster cluster)
    {
        if (cluster.ApiBalancer is { } balancer)
        {
            yield return (cluster.Spec.MasterPublicName ?? $"api.{cluster.Name}", $"api.{cluster.Name}", true);
            if (balancer.UseForInternalApi == true)
                yield return ($"api.internal.{cluster.Name}", $"api.{cluster.Name}", true);
        }

        // A network that the user brought along is taken to see the zone already.
        if (cluster.Spec.Topology?.Bastion?.BastionPublicName is { Length: > 0 } bastion)
            yield return (bastion, $"bastion.{cluster.Name}", BastionBuilder.HasIPv6(cluster));
    }

    private static DnsZone? Zone(AwsCluster cluster)
    {
        if (cluster.Spec.DnsZone is not { Length: > 0 } zone)
            return null;
        var isPrivate = cluster.Spec.Topology?.Dns?.Type == "Private";
        var known =
            cluster.Request.Facts.DnsZones.FirstOrDefault(fact => fact.Id.EndsWith(zone, StringComparison.Ordinal))
            ?? cluster.Request.Facts.DnsZones.FirstOrDefault(fact => fact.Name == zone && fact.IsPrivate == isPrivate);
        if (known is null && zone.Contains('.', StringComparison.Ordinal))
            throw new FormatException($"spec.dnsZone: the id of the zone '{zone}' is not known; write it instead of the name");
        return new(known?.Id ?? zone, known?.Name ?? zone);
    }

    private sealed record DnsZone(string GivenId, string Name)
    {
        public string Id => GivenId.StartsWith('/') ? GivenId : "/hostedzone/" + GivenId;
    }
}
