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
    /// <c>https://dl.k8s.io/release/v1.32.0</c>, in which the version stands as a path segment.
    /// </summary>
    public static bool TryParseKubernetes(string? text, [NotNullWhen(true)] out SemVersion? version)
    {
        version = null;
        if (string.IsNullOrWhiteSpace(text)) return false;
        text = text.Trim();
        if (text.Contains("://", StringComparison.Ordinal))
        {
            var inPath = VersionInPath().Match(text);
            if (!inPath.Success) return false;
            text = inPath.Groups["version"].Value;
        }

        return SemVersion.TryParse(text, SemVersionStyles.AllowV | SemVersionStyles.AllowLeadingZeros | SemVersionStyles.OptionalPatch, out version);
    }

    /// <summary>Reads a Kubernetes version.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static SemVersion ParseKubernetes(string? text) =>
        TryParseKubernetes(text, out var version) ? version : throw new FormatException($"'{text}' is not a Kubernetes version: write it as 1.36.3");

    /// <summary>Whether a version is at least a minor version; its pre-releases count as that version, as kOps has it.</summary>
    public static bool IsAtLeast(this SemVersion version, int minor)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Major > 1 || (version.Major == 1 && version.Minor >= minor);
    }

    [GeneratedRegex(@"/(?<version>v\d+\.\d+\.\d+[^/]*)(/|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionInPath();
}
