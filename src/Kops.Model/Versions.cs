using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Semver;

namespace Kops.Model;

/// <summary>Versions of Kubernetes and kOps as users write them, and which of them this program knows.</summary>
public static partial class Versions
{
    /// <summary>The kOps whose behaviour this program has.</summary>
    public const string Kops = "1.37.0-alpha.1";

    /// <summary>The oldest Kubernetes that can be run.</summary>
    public static SemVersion OldestSupportedKubernetes { get; } = new(1, 32, 0);

    /// <summary>
    /// Reads a Kubernetes version: <c>1.32.0</c>, <c>v1.32.0-beta.1</c>, <c>1.32</c>, or the address of a build, such as
    /// <c>https://dl.k8s.io/release/v1.32.0</c>, in which the version stands as a path segment. Of other addresses with <c>/v1.32.</c> in
    /// them the minor version is known (kOps: ParseKubernetesVersion).
    /// </summary>
    public static bool TryParseKubernetes(string? text, [NotNullWhen(true)] out SemVersion? version)
    {
        version = null;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        text = text.Trim();
        if (text.Contains("://", StringComparison.Ordinal))
        {
            var inPath = VersionInPath().Match(text);
            if (inPath.Success && TryParse(inPath.Groups["version"].Value, out version))
                return true;
            var minor = MinorInPath().Match(text);
            return minor.Success && TryParse("1." + minor.Groups["minor"].Value, out version);
        }

        return TryParse(text, out version);
    }

    // A version without its patch has nothing behind it either: 1.36-beta is none.
    private static bool TryParse(string text, [NotNullWhen(true)] out SemVersion? version) =>
        SemVersion.TryParse(
            text,
            SemVersionStyles.AllowLowerV | SemVersionStyles.AllowLeadingZeros | SemVersionStyles.OptionalMinorPatch,
            out version
        ) && (text.Count(character => character == '.') >= 2 || !text.AsSpan().ContainsAny('-', '+'));

    /// <summary>Reads a Kubernetes version.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static SemVersion ParseKubernetes(string? text) =>
        TryParseKubernetes(text, out var version)
            ? version
            : throw new FormatException($"'{text}' is not a Kubernetes version: write it as 1.36.3");

    /// <summary>Whether a version is at least a minor version; its pre-releases count as that version, as kOps has it.</summary>
    public static bool IsAtLeast(this SemVersion version, int minor)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Major > 1 || (version.Major == 1 && version.Minor >= minor);
    }

    [GeneratedRegex(@"/(?<version>v\d+\.\d+\.\d+[^/]*)(/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionInPath();

    [GeneratedRegex(@"/v1\.(?<minor>\d+)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MinorInPath();
}
