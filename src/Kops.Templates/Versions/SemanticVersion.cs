using System.Globalization;
using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Versions;

/// <summary>
/// A version as the library <c>Masterminds/semver</c> reads it: a leading <c>v</c>, and minor and patch may be left out. Templates see
/// its parts as methods.
/// </summary>
internal sealed class SemanticVersion : ITemplateObject
{
    private readonly string _original;

    public SemanticVersion(ulong major, ulong minor, ulong patch, string prerelease, string metadata, string original) =>
        (Major, Minor, Patch, Prerelease, Metadata, _original) = (major, minor, patch, prerelease, metadata, original);

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    public string Prerelease { get; }

    public string Metadata { get; }

    public string TypeName => "semver.Version";

    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}")
        + (Prerelease.Length > 0 ? "-" + Prerelease : string.Empty)
        + (Metadata.Length > 0 ? "+" + Metadata : string.Empty);

    /// <exception cref="FunctionException">The text is no version.</exception>
    public static SemanticVersion Parse(string text)
    {
        var (rest, metadata) = Cut(text.StartsWith('v') ? text[1..] : text, '+');
        (rest, var prerelease) = Cut(rest, '-');
        var numbers = rest.Split('.');
        var parts = new ulong[3];
        if (numbers.Length > parts.Length || !AreIdentifiers(prerelease) || !AreIdentifiers(metadata))
            throw Invalid();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!ulong.TryParse(numbers[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
                throw Invalid();
        }

        if (prerelease?.Split('.').Any(part => part.Length > 1 && part[0] == '0' && part.All(char.IsAsciiDigit)) == true)
            throw new FunctionException("version segment starts with 0");
        return new SemanticVersion(parts[0], parts[1], parts[2], prerelease ?? string.Empty, metadata ?? string.Empty, text);
    }

    public int OrderTo(SemanticVersion other)
    {
        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : ComparePrereleases(Prerelease, other.Prerelease);
    }

    /// <summary>A release comes after its prereleases; numbers count as numbers, and before words.</summary>
    public static int ComparePrereleases(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return b.Length.CompareTo(a.Length);
        var (partsA, partsB) = (a.Split('.'), b.Split('.'));
        for (var i = 0; i < Math.Min(partsA.Length, partsB.Length); i++)
        {
            var order = ComparePart(partsA[i], partsB[i]);
            if (order != 0)
                return order;
        }

        return partsA.Length.CompareTo(partsB.Length);
    }

    public bool TryGetField(string name, out Value value)
    {
        value = Value.Nil;
        return false;
    }

    public bool TryGetMethod(string name, out TemplateFunction method)
    {
        method = name switch
        {
            "Major" => Method(_ => Major),
            "Minor" => Method(_ => Minor),
            "Patch" => Method(_ => Patch),
            "Prerelease" => Method(_ => Prerelease),
            "Metadata" => Method(_ => Metadata),
            "Original" => Method(_ => _original),
            "String" => Method(_ => Text),
            "Compare" => Method(a => Value.OfInt(OrderTo(Other(a[0]))), ParameterType.Struct),
            "Equal" => Method(a => OrderTo(Other(a[0])) == 0, ParameterType.Struct),
            "LessThan" => Method(a => OrderTo(Other(a[0])) < 0, ParameterType.Struct),
            "GreaterThan" => Method(a => OrderTo(Other(a[0])) > 0, ParameterType.Struct),
            _ => null!,
        };
        return method is not null;
    }

    private static TemplateFunction Method(FunctionBody body, params ParameterType[] parameters) => new(parameters, body);

    private static SemanticVersion Other(Value value) =>
        value.Object as SemanticVersion ?? throw new FunctionException($"a version compares with a version, not with {value.TypeName}");

    private static int ComparePart(string a, string b)
    {
        var (isNumberA, isNumberB) = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit));
        if (isNumberA && isNumberB)
            return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
        return isNumberA == isNumberB ? Math.Sign(string.CompareOrdinal(a, b)) : isNumberB.CompareTo(isNumberA);
    }

    private static (string Before, string? After) Cut(string text, char mark)
    {
        var index = text.IndexOf(mark, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static bool AreIdentifiers(string? text) =>
        text is null || text.Split('.').All(part => part.Length > 0 && part.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-'));

    private static FunctionException Invalid() => new("invalid semantic version");
}
