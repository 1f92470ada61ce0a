using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>The cluster's names in its DNS zone. dns-controller and kops-controller put in the addresses.</summary>
internal static class DnsBuilder
{
    // From a range that is for documentation (RFC 5737), so that nobody is reached until the address is known.
    private const string Placeholder = "203.0.113.123";
    private const int TimeToLive = 60;

    public static IEnumerable<Resource> Build(ScalewayCluster cluster) =>
        cluster.UsesNoDns || cluster.Spec.DnsZone is not { Length: > 0 } zone
            ? []
            : Names(cluster).Select(name => Record(Within(name, zone), zone)).DistinctBy(record => record.Name);

    private static IEnumerable<string> Names(ScalewayCluster cluster)
    {
        var balancer = cluster.Spec.Api?.LoadBalancer;
        if (balancer is null)
            yield return cluster.Spec.MasterPublicName ?? $"api.{cluster.Name}";
        if (balancer?.UseForInternalApi != true)
            yield return $"api.internal.{cluster.Name}";
        yield return $"kops-controller.internal.{cluster.Name}";
    }

    // A record is called by what stands before the zone.
    private static string Within(string name, string zone) =>
        name.EndsWith("." + zone, StringComparison.Ordinal) ? name[..^(zone.Length + 1)] : name;

    private static Resource Record(string name, string zone) =>
        new(
            ScalewayKinds.DnsRecord,
            name,
            new()
            {
                ["data"] = Placeholder,
                ["dns_zone"] = zone,
                ["lifecycle"] = new Block { ["ignore_changes"] = Value.List(new Expression("data")) },
                ["name"] = name,
                ["ttl"] = TimeToLive,
                ["type"] = "A",
            }
        );
}
