namespace Kops.Templates.Versions;

/// <summary>One comparison of a constraint, such as <c>&gt;= 1.2</c>. Parts that are left out or <c>x</c> match all.</summary>
/// <param name="Operator">What is compared: <c>= != &gt; &gt;= &lt; &lt;= ~ ^</c>.</param>
/// <param name="Version">The version compared with; 0 in parts that match all.</param>
/// <param name="Given">How many parts are given: 0 for <c>*</c>, 3 for a whole version.</param>
internal sealed record VersionConstraint(string Operator, SemanticVersion Version, int Given)
{
    private bool IsPartial => Given < 3;

    /// <summary>Whether a version fits. A prerelease fits only a constraint that names one.</summary>
    public bool Fits(SemanticVersion version)
    {
        var isUnwantedPrerelease = version.Prerelease.Length > 0 && Version.Prerelease.Length == 0;
        if (isUnwantedPrerelease && (Operator != "!=" || IsPartial))
            return false;
        return Operator switch
        {
            "!=" => !IsSame(version),
            ">" => IsGreater(version),
            ">=" => version.OrderTo(Version) >= 0,
            "<" => version.OrderTo(Version) < 0,
            "<=" => IsLessOrSame(version),
            "~" => IsNear(version),
            "^" => IsCompatible(version),
            _ => IsPartial ? IsNear(version) : version.OrderTo(Version) == 0,
        };
    }

    private bool IsSame(SemanticVersion version) =>
        Given switch
        {
            1 => version.Major == Version.Major,
            2 => version.Major == Version.Major
                && version.Minor == Version.Minor
                && SemanticVersion.ComparePrereleases(version.Prerelease, Version.Prerelease) == 0,
            _ => version.OrderTo(Version) == 0,
        };

    // > 11 asks for 12, > 11.1 for 11.2.
    private bool IsGreater(SemanticVersion version) =>
        Given switch
        {
            1 => version.Major > Version.Major,
            2 => (version.Major, version.Minor).CompareTo((Version.Major, Version.Minor)) > 0,
            _ => version.OrderTo(Version) > 0,
        };

    private bool IsLessOrSame(SemanticVersion version) =>
        Given switch
        {
            1 => version.Major <= Version.Major,
            2 or 0 => (version.Major, version.Minor).CompareTo((Version.Major, Version.Minor)) <= 0,
            _ => version.OrderTo(Version) <= 0,
        };

    // ~1.2.3 is >= 1.2.3 and < 1.3; ~1 is >= 1 and < 2; ~* and ~0.0.0 are all.
    private bool IsNear(SemanticVersion version)
    {
        if (version.OrderTo(Version) < 0)
            return false;
        var isZero = Version is { Major: 0, Minor: 0, Patch: 0 };
        if (isZero && Given is (0 or 3))
            return true;
        return version.Major == Version.Major && (Given == 1 || version.Minor == Version.Minor);
    }

    // ^1.2.3 is < 2; ^0.2.3 is < 0.3; ^0.0.3 is < 0.0.4. What is left out is free.
    private bool IsCompatible(SemanticVersion version)
    {
        if (version.OrderTo(Version) < 0)
            return false;
        if (Given == 0)
            return true;
        if (Version.Major > 0 || Given == 1)
            return version.Major == Version.Major;
        if (version.Major > 0)
            return false;
        if (Version.Minor > 0 || Given == 2)
            return version.Minor == Version.Minor;
        return version.Minor == 0 && version.Patch == Version.Patch;
    }
}
