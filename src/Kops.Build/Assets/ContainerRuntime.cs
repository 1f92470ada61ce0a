using Kops.Api;
using Kops.Build.Input;
using Semver;

namespace Kops.Build.Assets;

/// <summary>containerd and runc, and the tools for looking at containers that a cluster may ask for.</summary>
internal static class ContainerRuntime
{
    private const string Github = "https://github.com";

    private static readonly SemVersion OldestContainerd = new(2, 1, 0);
    private static readonly SemVersion OldestRunc = new(1, 1, 0);

    public static IEnumerable<NodeAsset> Of(BuildContext context, string architecture)
    {
        var containerd = context.Spec.Containerd;
        if (containerd is null || containerd.SkipInstall == true)
            yield break;
        yield return Packaged(containerd.Packages, architecture)
            ?? new(
                Release(
                    "spec.containerd.version",
                    containerd.Version,
                    OldestContainerd,
                    version =>
                        $"{Github}/containerd/containerd/releases/download/v{version}/containerd-{version}-linux-{architecture}.tar.gz"
                )
            );
        yield return Packaged(containerd.Runc?.Packages, architecture)
            ?? new(
                Release(
                    "spec.containerd.runc.version",
                    containerd.Runc?.Version,
                    OldestRunc,
                    version => $"{Github}/opencontainers/runc/releases/download/v{version}/runc.{architecture}"
                )
            );
        if (containerd.InstallNerdCtl == true)
            yield return new(
                $"{Github}/containerd/nerdctl/releases/download/v{AssetVersions.Nerdctl}"
                    + $"/nerdctl-{AssetVersions.Nerdctl}-linux-{architecture}.tar.gz",
                AssetVersions.NerdctlHashes[architecture]
            );
        if (containerd.InstallCriCtl == true)
            yield return new(
                $"{Github}/kubernetes-sigs/cri-tools/releases/download/v{AssetVersions.Crictl}"
                    + $"/crictl-v{AssetVersions.Crictl}-linux-{architecture}.tar.gz"
            );
    }

    // An address counts with its hash alone.
    private static NodeAsset? Packaged(PackagesConfig? packages, string architecture)
    {
        var (address, hash) =
            architecture == Architectures.Amd64 ? (packages?.UrlAmd64, packages?.HashAmd64) : (packages?.UrlArm64, packages?.HashArm64);
        return address is null || hash is null ? null : new(address, hash);
    }

    private static string Release(string field, string? version, SemVersion oldest, Func<string, string> address)
    {
        if (string.IsNullOrEmpty(version))
            throw new FormatException($"{field} is not set: name it, since the cluster names a version of containerd of its own");
        if (!SemVersion.TryParse(version, SemVersionStyles.Any, out var parsed))
            throw new FormatException($"{field}: '{version}' is not a version");
        return parsed.ComparePrecedenceTo(oldest) >= 0
            ? address(version)
            : throw new FormatException($"{field}: {version} is too old; {oldest} is the oldest that can be installed");
    }
}
