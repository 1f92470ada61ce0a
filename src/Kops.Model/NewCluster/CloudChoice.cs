using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Which cloud: the one that the user names, else the one that the state store lies in (kOps: GuessCloudForPath).</summary>
internal static class CloudChoice
{
    public static CloudProfile Choose(NewClusterRequest request)
    {
        var cloud = request.Flags.Cloud is { Length: > 0 } named ? Named(named) : Guessed(request.StateStore);
        if (cloud.Feature is { } feature && !request.Features.IsOn(feature))
            throw new InvalidFlagException("cloud", $"--cloud {cloud.Name} is experimental: set KOPS_FEATURE_FLAGS={feature} to use it");
        return cloud;
    }

    private static CloudProfile Named(string name) =>
        CloudProfiles.Find(name) ?? throw new InvalidFlagException(
            "cloud", $"--cloud: there is no cloud '{name}'; there are {string.Join(", ", CloudProfiles.All.Select(cloud => cloud.Name))}");

    private static CloudProfile Guessed(string store)
    {
        var end = store.IndexOf("://", StringComparison.Ordinal);
        var scheme = end < 0 ? "file" : store[..end];
        return CloudProfiles.All.FirstOrDefault(cloud => cloud.StoreScheme == scheme) ?? throw new InvalidFlagException(
            "cloud", $"--cloud is needed: the state store '{store}' does not tell the cloud; there are {string.Join(", ", CloudProfiles.All.Select(cloud => cloud.Name))}");
    }
}
