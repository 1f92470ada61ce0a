using System.Buffers;
using System.Globalization;

namespace Kops.Api.Paths;

/// <summary>One step of a field path.</summary>
/// <param name="Kind">What the step does.</param>
/// <param name="Name">The name of a field, the key of a map, or the name of a list's item; empty for positions.</param>
/// <param name="Index">The position in a list; zero for names.</param>
public readonly record struct PathSegment(PathSegmentKind Kind, string Name, int Index)
{
    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );

    private static readonly SearchValues<char> BareKeyCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@"
    );

    /// <summary>A step to a field; a name that cannot stand behind a dot makes a key.</summary>
    public static PathSegment Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(IsField(name) ? PathSegmentKind.Field : PathSegmentKind.Key, name, 0);
    }

    /// <summary>A step to a key of a map, or to the item of a list that has this name.</summary>
    public static PathSegment Key(string key) => new(PathSegmentKind.Key, key, 0);

    /// <summary>A step to a position of a list, from zero.</summary>
    public static PathSegment At(int index) => new(PathSegmentKind.Index, string.Empty, index);

    /// <summary>A step to every item of a list.</summary>
    public static PathSegment Every() => new(PathSegmentKind.Every, string.Empty, 0);

    /// <inheritdoc/>
    public override string ToString() =>
        Kind switch
        {
            PathSegmentKind.Field => Name,
            PathSegmentKind.Index => string.Create(CultureInfo.InvariantCulture, $"[{Index}]"),
            PathSegmentKind.Every => "[*]",
            _ when IsBareKey(Name) => $"[{Name}]",
            _ => $"[\"{Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]",
        };

    internal static bool IsField(ReadOnlySpan<char> name) => name.Length > 0 && !name.ContainsAnyExcept(FieldCharacters);

    internal static bool IsBareKey(ReadOnlySpan<char> key) =>
        key.Length > 0 && !key.ContainsAnyExcept(BareKeyCharacters) && key.ContainsAnyExceptInRange('0', '9');
}
