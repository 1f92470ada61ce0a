using System.Globalization;
using System.Text.Json;

namespace Kops.Vfs.Rest.Reading;

/// <summary>Members of JSON that may be missing, or of another kind.</summary>
public static class JsonMembers
{
    /// <summary>A member; undefined where there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A whole number, which some services write as a string and others as a number; null otherwise.</summary>
    public static string? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : element.Text(name);

    /// <summary>A member that is a string and not empty; null otherwise.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The rows of a member that is a list; none where it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
