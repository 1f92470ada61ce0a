using System.Text.Json.Nodes;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>Partial answers: <c>a,b(c,d),e/f</c>.</summary>
/// <remarks>Source: JSON API, "Partial response".</remarks>
internal static class FieldMask
{
    internal static JsonObject Apply(JsonObject json, string mask)
    {
        var result = new JsonObject();
        foreach (var field in Split(mask))
        {
            var end = field.IndexOfAny(['(', '/']);
            var name = end < 0 ? field : field[..end];
            var inner =
                end < 0 ? null
                : field[end] == '/' ? field[(end + 1)..]
                : field[(end + 1)..^1];
            if (name == "*")
                return json;
            if (!json.TryGetPropertyValue(name, out var value) || value is null)
                continue;
            result[name] =
                inner is null ? value.DeepClone()
                : value is JsonArray rows ? new JsonArray([.. rows.Select(row => (JsonNode)Apply((JsonObject)row!, inner))])
                : Apply((JsonObject)value, inner);
        }

        return result;
    }

    private static List<string> Split(string mask)
    {
        var (fields, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i <= mask.Length; i++)
        {
            if (i == mask.Length || (mask[i] == ',' && depth == 0))
            {
                if (i == start)
                    throw ApiException.Bad($"Invalid field selection {mask}", "invalidParameter");
                fields.Add(mask[start..i]);
                start = i + 1;
            }
            else
            {
                depth +=
                    mask[i] == '(' ? 1
                    : mask[i] == ')' ? -1
                    : 0;
            }
        }

        return depth == 0 ? fields : throw ApiException.Bad($"Invalid field selection {mask}", "invalidParameter");
    }
}
