namespace Kops.Operations.Addons;

/// <summary>What a source of addons was when it was first used, or when its user last accepted another one.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Sha256">What it was.</param>
/// <param name="AddonsSha256">What its addons were.</param>
/// <param name="Version">The version of kOps that it is the source of; null where it did not say.</param>
public sealed record SourcePin(string Name, string Sha256, string AddonsSha256, string? Version)
{
    private const string NameKey = "name: ";
    private const string SourceKey = "sha256: ";
    private const string AddonsKey = "addons: ";
    private const string VersionKey = "version: ";

    /// <summary>What is remembered of a source.</summary>
    public static SourcePin Of(UserSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(source.Name, source.Sha256, source.AddonsSha256, source.Version);
    }

    /// <summary>A line for each.</summary>
    internal string ToText() => $"{NameKey}{Name}\n{SourceKey}{Sha256}\n{AddonsKey}{AddonsSha256}\n{VersionKey}{Version}\n";

    /// <summary>Null for what is none.</summary>
    internal static SourcePin? Read(string text) =>
        text.Split('\n') is [var name, var sha256, var addons, var version, ""]
        && name.StartsWith(NameKey, StringComparison.Ordinal)
        && sha256.StartsWith(SourceKey, StringComparison.Ordinal)
        && addons.StartsWith(AddonsKey, StringComparison.Ordinal)
        && version.StartsWith(VersionKey, StringComparison.Ordinal)
        && IsHash(sha256[SourceKey.Length..])
        && IsHash(addons[AddonsKey.Length..])
            ? new(
                name[NameKey.Length..],
                sha256[SourceKey.Length..],
                addons[AddonsKey.Length..],
                version[VersionKey.Length..] is { Length: > 0 } said ? said : null
            )
            : null;

    /// <summary>Whether a text is a SHA-256 as it is written here.</summary>
    internal static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
