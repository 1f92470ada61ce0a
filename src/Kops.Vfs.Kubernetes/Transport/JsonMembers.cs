using System.Text.Json;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>Members of JSON that may be missing, or of another kind.</summary>
internal static class JsonMembers
{
    internal static JsonElement Member(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    internal static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The rows of a list.</summary>
    internal static IEnumerable<JsonElement> Items(this JsonElement list) =>
        list.Member("items") is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
