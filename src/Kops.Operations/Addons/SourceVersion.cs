using System.Text;
using System.Text.RegularExpressions;
using Semver;

namespace Kops.Operations.Addons;

/// <summary>The version of kOps that a source is the source of.</summary>
internal static partial class SourceVersion
{
    /// <summary>The file of a source that says it (kOps: <c>kops-version.go</c>).</summary>
    public const string File = "kops-version.go";

    /// <summary>The longest file that is looked at.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>What the file says; null where it says nothing that can be a version.</summary>
    public static string? Read(ReadOnlySpan<byte> file) =>
        Constant().Match(Encoding.UTF8.GetString(file)) is { Success: true } found
        && SemVersion.TryParse(found.Groups["version"].Value, SemVersionStyles.Strict, out var version)
            ? version.ToString()
            : null;

    /// <summary>The file that would say it.</summary>
    public static byte[] Write(string version) => Encoding.UTF8.GetBytes($"const KOPS_RELEASE_VERSION = \"{version}\"\n");

    [GeneratedRegex("KOPS_RELEASE_VERSION\\s*=\\s*\"(?<version>[0-9A-Za-z.+-]{1,64})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();
}
