using Kops.Model;
using Semver;

namespace Kops.Build.Assets;

/// <summary>The versions of what machines download beside Kubernetes: kOps 1.37.0-alpha.1.</summary>
internal static class AssetVersions
{
    /// <summary>Where AWS' credential provider lies.</summary>
    public const string AwsCredentialProvider = "https://artifacts.k8s.io/binaries/cloud-provider-aws/v1.31.7";

    /// <summary>Where Google's credential provider lies.</summary>
    public const string GceCredentialProvider = "https://artifacts.k8s.io/binaries/cloud-provider-gcp/v35.0.0/auth-provider-gcp";

    public const string Nerdctl = "1.7.4";
    public const string Crictl = "1.29.0";

    // By the minor version of Kubernetes that each goes with first.
    private static readonly (int Kubernetes, string Version)[] CniPlugins = [(36, "1.9.1"), (35, "1.8.0"), (34, "1.7.1"), (0, "1.6.2")];

    /// <summary>The SHA-256 of nerdctl's archives, by architecture.</summary>
    public static IReadOnlyDictionary<string, string> NerdctlHashes { get; } =
        new Dictionary<string, string>
        {
            [Architectures.Amd64] = "71aee9d987b7fad0ff2ade50b038ad7e2356324edc02c54045960a3521b3e6a7",
            [Architectures.Arm64] = "d8df47708ca57b9cd7f498055126ba7dcfc811d9ba43aae1830c93a09e70e22d",
        };

    public static string CniPluginsFor(SemVersion kubernetes) => CniPlugins.First(row => kubernetes.IsAtLeast(row.Kubernetes)).Version;
}
