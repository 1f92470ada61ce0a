using System.Globalization;
using System.Text.Json;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Members of JSON objects that may not be there.</summary>
internal static class JsonMembers
{
    /// <summary>A member; undefined where there is none.</summary>
    internal static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A whole number, which the service writes as a string and some emulators as a number; null otherwise.</summary>
    internal static string? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : element.Text(name);

    /// <summary>A member that is a string and not empty; null otherwise.</summary>
    internal static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;
}
