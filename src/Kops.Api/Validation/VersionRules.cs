using System.Globalization;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The Kubernetes version.</summary>
internal static partial class VersionRules
{
    // kOps 1.37 manages its own minor version and the five before.
    private const int OldestMinor = 32;
    private const int NewestMinor = 37;

    public static void Check(ClusterContext cluster)
    {
        var field = cluster.Spec["kubernetesVersion"];
        if (!field.Require("name a version, such as 1.35.0"))
            return;
        // A build of one's own stands at an address; its version is in it or not at all.
        if (field.Text!.Contains("://", StringComparison.Ordinal))
            return;
        if (Form().Match(field.Text) is not { Success: true } match)
        {
            field.Fail($"'{field.Text}' is not a version such as 1.35.0");
            return;
        }

        var (major, minor) = (Part(match, "major"), Part(match, "minor"));
        field.FailIf(
            major < 1 || (major == 1 && minor < OldestMinor),
            $"{field.Text} is no longer supported: the oldest is 1.{OldestMinor}.0"
        );
        field.FailIf(
            !cluster.Options.AllowTooNewKubernetes && (major > 1 || minor > NewestMinor),
            $"{field.Text} is newer than the newest supported, 1.{NewestMinor}; set KOPS_RUN_TOO_NEW_VERSION=1 to try it"
        );
    }

    /// <summary>Whether the cluster runs that minor version or a later one; no where its version cannot be told.</summary>
    public static bool IsAtLeast(ClusterContext cluster, int minor) =>
        Form().Match(cluster.Spec["kubernetesVersion"].Text ?? string.Empty) is { Success: true } match
        && (Part(match, "major") > 1 || Part(match, "minor") >= minor);

    private static int Part(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    [GeneratedRegex(
        @"^v?(?<major>\d+)\.(?<minor>\d+)(\.\d+)?([-+][0-9A-Za-z.+-]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Form();
}
