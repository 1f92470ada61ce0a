using Kops.Api.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// Which cloud: the one that the user names, else the one that the state store lies in or, for S3, whose token is at hand (kOps:
/// GuessCloudForPath), else the one that is known to have the zones.
/// </summary>
internal static class CloudChoice
{
    public static CloudProfile Choose(NewClusterRequest request)
    {
        var cloud = request.Flags.Cloud is { Length: > 0 } named ? Named(named) : Guessed(request);
        if (cloud.Feature is { } feature && !request.Features.IsOn(feature))
            throw new InvalidFlagException("cloud", $"--cloud {cloud.Name} is experimental: set KOPS_FEATURE_FLAGS={feature} to use it");
        return cloud;
    }

    private static CloudProfile Named(string name) =>
        CloudProfiles.Find(name)
        ?? throw new InvalidFlagException(
            "cloud",
            $"--cloud: there is no cloud '{name}'; there are {string.Join(", ", CloudProfiles.All.Select(cloud => cloud.Name))}"
        );

    private static CloudProfile Guessed(NewClusterRequest request)
    {
        var end = request.StateStore.IndexOf("://", StringComparison.Ordinal);
        var scheme = end < 0 ? "file" : request.StateStore[..end];
        // Buckets of S3 serve clusters of clouds without buckets of their own: the token that is at hand tells.
        var owner =
            scheme == "s3"
                ? CloudProfiles.All.FirstOrDefault(cloud => cloud.TokenVariable is { } token && request.Tokens.Contains(token))
                : null;
        return owner
            ?? CloudProfiles.All.FirstOrDefault(cloud => cloud.StoreScheme == scheme)
            ?? WithZones(request)
            ?? throw new InvalidFlagException(
                "cloud",
                $"--cloud is needed: neither the state store '{request.StateStore}' nor the zones tell the cloud; there are "
                    + $"{string.Join(", ", CloudProfiles.All.Select(cloud => cloud.Name))}"
            );
    }

    private static CloudProfile? WithZones(NewClusterRequest request)
    {
        string[] zones = [.. request.Flags.Zones ?? [], .. request.Flags.ControlPlaneZones ?? []];
        if (zones.Length == 0)
            return null;
        var having = CloudProfiles
            .All.Where(cloud => zones.All(zone => request.Facts.Of(cloud.Name).Regions.Values.Any(known => known.Contains(zone))))
            .ToList();
        return having is [var only] ? only : null;
    }
}
