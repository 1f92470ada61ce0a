using System.Net;
using System.Text.RegularExpressions;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Checks flags on their own and against each other, before anything is planned.</summary>
internal static partial class FlagChecks
{
    private static readonly string[] PublicSchemes = ["s3", "gs", "do", "hos", "linode", "scw", "memfs"];

    public static void Check(NewClusterRequest request)
    {
        var flags = request.Flags;
        CheckName(request.Name, flags);
        if (flags.Zones is null or [])
            throw new InvalidFlagException("zones", "--zones is needed: name at least one zone, for example --zones us-east-1a");
        CheckChoices(flags);
        CheckFeatures(request);
        // kOps: an empty variable behind the flag must not fall back on another project.
        if (flags.Project is "")
            throw new InvalidFlagException("project", "--project: the name is empty: name a project, or leave the flag out");
        CheckZones(request, CloudChoice.Choose(request));
        CheckControlPlane(flags);
        CheckVersion(flags);
        ApiSetup.CheckClass(flags.ApiLoadBalancerClass);
        CheckDiscovery(flags.DiscoveryStore);
        CheckRanges("admin-access", flags.AdminAccess);
        CheckRanges("ssh-access", flags.SshAccess);
        CheckRanges("network-cidr", flags.NetworkCidrs);
        CheckNotNegative("node-count", flags.NodeCount);
        CheckNotNegative("control-plane-volume-size", flags.ControlPlaneVolumeSize);
        CheckNotNegative("node-volume-size", flags.NodeVolumeSize);
        foreach (var gate in flags.KubernetesFeatureGates ?? [])
        {
            if (FeatureGateSetup.Parse(gate).Name.Length == 0)
                throw new InvalidFlagException("kubernetes-feature-gates", $"--kubernetes-feature-gates: '{gate}' names no feature");
        }
    }

    private static void CheckName(string name, ClusterFlags flags)
    {
        if (!DnsName().IsMatch(name) || name.Length > 253)
            throw new InvalidFlagException(
                "name",
                $"--name: '{name}' is not a DNS name: lower-case letters, digits and dashes between dots, for example demo.example.com"
            );
        if (!name.Contains('.', StringComparison.Ordinal) && !DnsSetup.IsNone(flags))
            throw new InvalidFlagException(
                "name",
                $"--name: '{name}' needs a domain to be published in, for example {name}.example.com: name one, or add --dns none"
            );
    }

    private static void CheckChoices(ClusterFlags flags)
    {
        foreach (
            var flag in ClusterFlagTable.All.Where(flag =>
                flag.Name is "topology" or "instance-manager" or "container-runtime" or "authorization"
            )
        )
        {
            // kOps reads the authorization mode in any case, the others as they stand.
            var comparer = flag.Name is "topology" or "instance-manager" ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
            if (flag.Get(flags) is [{ Length: > 0 } given] && !flag.Choices.Contains(given, comparer))
                throw new InvalidFlagException(
                    flag.Name,
                    $"--{flag.Name}: there is no '{given}'; there are {string.Join(" and ", flag.Choices)}"
                );
        }
    }

    private static void CheckFeatures(NewClusterRequest request)
    {
        foreach (var flag in ClusterFlagTable.All.Where(flag => flag.Feature is not null && flag.Feature != "Azure"))
        {
            if (flag.Get(request.Flags) is not null && !request.Features.IsOn(flag.Feature!))
                throw new InvalidFlagException(
                    flag.Name,
                    $"--{flag.Name} is experimental: set KOPS_FEATURE_FLAGS={flag.Feature} to use it"
                );
        }
    }

    private static void CheckZones(NewClusterRequest request, CloudProfile cloud)
    {
        var facts = request.Facts.Of(cloud.Name);
        foreach (var (flag, zones) in new[] { ("zones", request.Flags.Zones), ("control-plane-zones", request.Flags.ControlPlaneZones) })
        {
            if (zones is null)
                continue;
            if (zones.FirstOrDefault(zone => facts.HasZone(zone) == false) is { } unknown)
                throw new InvalidFlagException(
                    flag,
                    $"--{flag}: there is no zone '{unknown}' on {cloud.Name}{Guess(facts, unknown)}; a zone that is new can be named in "
                        + $"the file that KOPS_CLOUD_FACTS names"
                );
            if (zones.GroupBy(zone => zone).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw new InvalidFlagException(flag, $"--{flag}: '{twice.Key}' is named twice");
            if (zones.FirstOrDefault(zone => cloud.RegionOfZone?.IsMatch(zone) == false) is { } malformed)
                throw new InvalidFlagException(
                    flag,
                    $"--{flag}: '{malformed}' is not a zone of {cloud.Name}: write it as {cloud.ZoneExample}"
                );
        }

        if (cloud.MostZones > 0)
            CheckOneZone(request.Flags, cloud);

        var regions = request.Flags.Zones!.Concat(request.Flags.ControlPlaneZones ?? []).Select(cloud.RegionOf).Distinct().ToArray();
        if (cloud.RegionOfZone is not null && regions.Length > 1)
            throw new InvalidFlagException(
                "zones",
                $"--zones: all zones of a cluster lie in one region; these lie in {string.Join(" and ", regions)}"
            );
    }

    private static void CheckOneZone(ClusterFlags flags, CloudProfile cloud)
    {
        if (flags.Zones!.Count > cloud.MostZones)
            throw new InvalidFlagException("zones", $"--zones: a cluster on {cloud.Name} has one zone");
        if (!cloud.ControlPlaneMayLeaveZones && flags.ControlPlaneZones?.FirstOrDefault(zone => zone != flags.Zones[0]) is { } other)
            throw new InvalidFlagException(
                "control-plane-zones",
                $"--control-plane-zones: a cluster on {cloud.Name} has one zone, that of --zones: '{other}' is another"
            );
    }

    private static void CheckControlPlane(ClusterFlags flags)
    {
        var zones = flags.ControlPlaneZones?.Count ?? 0;
        if (flags.ControlPlaneCount is < 0)
            throw new InvalidFlagException("control-plane-count", "--control-plane-count cannot be negative");
        if (flags.ControlPlaneCount is { } count and > 0 && count < zones)
            throw new InvalidFlagException(
                "control-plane-count",
                $"--control-plane-count {count} is less than the {zones} zones of --control-plane-zones: give as many or more, or fewer "
                    + $"zones"
            );
        if (ControlPlaneSetup.Count(flags) % 2 == 0)
        {
            var flag = flags.ControlPlaneCount is > 0 ? "control-plane-count" : "control-plane-zones";
            throw new InvalidFlagException(
                flag,
                $"--{flag}: {ControlPlaneSetup.Count(flags)} control-plane nodes cannot hold a majority better than one fewer: etcd "
                    + $"needs an odd number"
            );
        }
    }

    private static void CheckVersion(ClusterFlags flags)
    {
        if (string.IsNullOrEmpty(flags.KubernetesVersion))
            return;
        if (!Versions.TryParseKubernetes(flags.KubernetesVersion, out var version))
            throw new InvalidFlagException(
                "kubernetes-version",
                $"--kubernetes-version: '{flags.KubernetesVersion}' is not a Kubernetes version: write it as 1.36.3"
            );
        if (!version.IsAtLeast((int)Versions.OldestSupportedKubernetes.Minor))
            throw new InvalidFlagException(
                "kubernetes-version",
                $"--kubernetes-version: {flags.KubernetesVersion} is no longer supported: the oldest is "
                    + $"{Versions.OldestSupportedKubernetes}"
            );
    }

    // Clients read these documents over HTTPS (kOps: ServiceAccountIssuer, S3Path.GetHTTPsUrl).
    private static void CheckDiscovery(string? store)
    {
        if (string.IsNullOrEmpty(store))
            return;
        if (store.Split("://", 2) is not [var scheme, var place] || !PublicSchemes.Contains(scheme))
            throw new InvalidFlagException(
                "discovery-store",
                $"--discovery-store: '{store}' cannot publish documents; use a public bucket: s3://BUCKET or gs://BUCKET"
            );
        if (scheme == "s3" && place.Split('/')[0].Contains('.', StringComparison.Ordinal))
            throw new InvalidFlagException(
                "discovery-store",
                $"--discovery-store: the name of the bucket in '{store}' has dots, which certificates of S3 do not cover: use a bucket "
                    + $"without"
            );
    }

    private static void CheckRanges(string flag, IReadOnlyList<string>? ranges)
    {
        foreach (var range in ranges ?? [])
        {
            var slash = range.IndexOf('/', StringComparison.Ordinal);
            // A prefix list of AWS stands for the ranges in it.
            if (range.StartsWith("pl-", StringComparison.Ordinal) && flag != "network-cidr")
                continue;
            if (
                slash < 0
                || !IPAddress.TryParse(range.AsSpan(0, slash), out var address)
                || !int.TryParse(range.AsSpan(slash + 1), out var length)
                || length < 0
                || length > address.GetAddressBytes().Length * 8
            )
                throw new InvalidFlagException(flag, $"--{flag}: '{range}' is not an address range such as 10.0.0.0/16");
            if (flag == "network-cidr" && IPNetwork.TryParse(range, out _) == false)
                throw new InvalidFlagException(
                    flag,
                    $"--{flag}: '{range}' has bits set beyond its length: write the first address of the range"
                );
        }

        AddressRange[] known =
        [
            .. (ranges ?? [])
                .Where(range => AddressRange.TryParse(range, out _))
                .Select(range => AddressRange.TryParse(range, out var parsed) ? parsed : default),
        ];
        if (flag != "network-cidr")
            return;
        for (var i = 0; i < known.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (known[i].Overlaps(known[j]))
                    throw new InvalidFlagException(flag, $"--{flag}: {known[j]} and {known[i]} overlap");
            }
        }
    }

    private static void CheckNotNegative(string flag, int? value)
    {
        if (value is < 0)
            throw new InvalidFlagException(flag, $"--{flag} cannot be negative");
    }

    private static string Guess(ProviderFacts facts, string zone)
    {
        string[] near =
        [
            .. facts.Regions.Where(region => zone.StartsWith(region.Key, StringComparison.Ordinal)).SelectMany(region => region.Value),
        ];
        return near.Length > 0 ? $": there are {string.Join(", ", near)}" : string.Empty;
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsName();
}
