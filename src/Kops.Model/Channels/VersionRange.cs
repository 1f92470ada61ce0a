using Semver;

namespace Kops.Model.Channels;

/// <summary>
/// A range of versions as channels write it: <c>&gt;=1.32.0 &lt;1.36.0</c>, alternatives separated by <c>||</c>. A pre-release is just a
/// version before its release, so 1.36.0-alpha.1 lies within <c>&lt;1.36.0</c> (kOps: blang/semver).
/// </summary>
public sealed class VersionRange
{
    private readonly SemVersionRange _range;

    private VersionRange(string text, SemVersionRange range) => (Text, _range) = (text, range);

    /// <summary>The range as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static VersionRange Parse(string text) =>
        SemVersionRange.TryParse(text, SemVersionRangeOptions.Loose | SemVersionRangeOptions.IncludeAllPrerelease, out var range)
            ? new(text, range)
            : throw new FormatException($"'{text}' is not a range of versions: write it as '>=1.32.0 <1.36.0'");

    /// <summary>Whether the version lies in the range.</summary>
    public bool Contains(SemVersion version) => _range.Contains(version);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
