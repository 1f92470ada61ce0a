using System.Text.Json;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of JSON. As in Go, all numbers that are read are <c>float64</c>, and keys are written in order.</summary>
internal static class JsonFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("toJson", [Any], a => OrEmpty(a, JsonStyle.Escaped)).Add("mustToJson", [Any], a => Write(a, JsonStyle.Escaped));
        table.Add("toRawJson", [Any], a => OrEmpty(a, JsonStyle.Raw)).Add("mustToRawJson", [Any], a => Write(a, JsonStyle.Raw));
        table
            .Add("toPrettyJson", [Any], a => OrEmpty(a, JsonStyle.Indented))
            .Add("mustToPrettyJson", [Any], a => Write(a, JsonStyle.Indented));
        table.Add("fromJson", [Str], a => Read(a.Text(0), a.Scope) ?? Value.Nil);
        table.Add(
            "mustFromJson",
            [Str],
            a => Read(a.Text(0), a.Scope) ?? throw new FunctionException($"invalid JSON: {Problem(a.Text(0))}")
        );
    }

    private static Value Write(TemplateArguments a, JsonStyle style)
    {
        var buffer = new TextBuffer(a.Scope.LongestText);
        JsonText.Write(buffer, a[0], style);
        return buffer.ToString();
    }

    private static Value OrEmpty(TemplateArguments a, JsonStyle style) => JsonText.CanWrite(a[0]) ? Write(a, style) : string.Empty;

    private static Value? Read(string text, CallScope scope)
    {
        scope.ChargeText(4L * text.Length);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = StackGuard.DeepestValue });
            return Convert(document.RootElement, scope);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter is half a surrogate pair, written as an escape.
            return null;
        }
    }

    private static string Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return "unreadable";
        }
        catch (JsonException error)
        {
            return $"line {error.LineNumber + 1}, byte {error.BytePositionInLine}";
        }
    }

    private static Value Convert(JsonElement element, CallScope scope)
    {
        scope.Charge(1);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new TemplateMap();
                foreach (var property in element.EnumerateObject())
                    map[property.Name] = Convert(property.Value, scope);
                return map;
            case JsonValueKind.Array:
                return new TemplateList([.. element.EnumerateArray().Select(item => Convert(item, scope))]);
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return Value.Nil;
        }
    }
}
