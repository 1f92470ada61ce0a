using System.Globalization;
using System.Text.Json;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Api.Values;

namespace Kops.Api.Paths;

/// <summary>Values as people type them behind <c>path=</c>, turned into nodes of the field's type.</summary>
internal sealed class ValueText(ApiSchema schema)
{
    // strconv.ParseBool's, which kOps uses.
    private static readonly string[] True = ["1", "t", "T", "TRUE", "true", "True"];
    private static readonly string[] False = ["0", "f", "F", "FALSE", "false", "False"];

    /// <summary>Puts the value in its place. Lists grow, and maps gain keys, as in kOps; JSON replaces what was there.</summary>
    public void Put(FieldSlot slot, string text)
    {
        var path = slot.Path.ToString();
        if (slot.Type is null || slot.Type.Kind is FieldKind.List or FieldKind.Map or FieldKind.Object or FieldKind.Any)
        {
            if (Json(text) is { } json)
            {
                using (json)
                    slot.Put(FromJson(path, slot.Type, slot.OneOf, json.RootElement));
                return;
            }
        }

        switch (slot.Type?.Kind)
        {
            case null or FieldKind.Any:
                slot.Put(ScalarNode.Of(text));
                break;
            case FieldKind.Object when text.Length == 0:
                if (slot.IsEmpty)
                    slot.Put(new MappingNode());
                break;
            case FieldKind.Object:
                throw Mistake(path, $"is an object: set one of its fields, such as {path}.{Example(slot.Type)}, or give it whole as JSON");
            case FieldKind.List or FieldKind.Map when text.Length == 0:
                throw Mistake(path, $"needs a value; to take it away, unset {path}");
            case FieldKind.List:
                Append(slot, path, text);
                break;
            case FieldKind.Map:
                Merge(slot, path, text);
                break;
            default:
                slot.Put(Scalar(path, slot.Type!.Kind, slot.OneOf, text));
                break;
        }
    }

    /// <summary>The opposite of a truth value.</summary>
    public static string Opposite(string path, string text) => Scalar(path, FieldKind.Boolean, [], text).Text == "true" ? "false" : "true";

    // Name and value, as the environment of a container has them: NAME=VALUE takes the place of what has that name.
    private bool IsPair(FieldType element) =>
        element.Kind == FieldKind.Object
        && schema.TypeOf(element) is var pair
        && pair.Find("name") is not null
        && pair.Find("value") is not null;

    private static void AppendPairs(FieldSlot slot, string path, string text)
    {
        var list = slot.Value as SequenceNode ?? [];
        foreach (var pair in text.Split(',').Select(pair => pair.Split('=', 2)))
        {
            if (pair is not [{ Length: > 0 } name, var value])
                throw Mistake(path, "is a list of names and values: write NAME=VALUE, or give it whole as JSON");
            var item = new MappingNode { ["name"] = ScalarNode.Of(name), ["value"] = ScalarNode.Of(value) };
            if (list.FirstOrDefault(there => there is MappingNode known && known["name"]?.ToString() == name) is { } before)
                list[list.IndexOf(before)] = item;
            else
                list.Add(item);
        }

        slot.Put(list);
    }

    private void Append(FieldSlot slot, string path, string text)
    {
        var element = slot.Type!.Element!;
        if (IsPair(element))
        {
            AppendPairs(slot, path, text);
            return;
        }

        if (element.Kind is FieldKind.Object or FieldKind.List or FieldKind.Map)
            throw Mistake(path, $"is a list of objects: set a field of one item, such as {path}[0].name, or give the list whole as JSON");
        var list = slot.Value as SequenceNode ?? [];
        foreach (var item in text.Split(',').Select(part => Scalar(path, element.Kind, slot.OneOf, part)))
        {
            // Setting the same twice is setting it once.
            if (!list.Any(there => Node.DeepEquals(there, item)))
                list.Add(item);
        }

        slot.Put(list);
    }

    private static void Merge(FieldSlot slot, string path, string text)
    {
        var element = slot.Type!.Element!;
        var pairs = text.Split(',').Select(pair => pair.Split('=', 2)).ToArray();
        if (element is { Kind: FieldKind.List, Element.Kind: not (FieldKind.Object or FieldKind.List or FieldKind.Map) })
        {
            MergeLists(slot, path, text, element.Element!);
            return;
        }

        if (
            element.Kind is FieldKind.Object or FieldKind.List or FieldKind.Map
            || pairs.Any(pair => pair.Length < 2 || pair[0].Length == 0)
        )
            throw Mistake(path, $"is a map: set one key as {path}[key]=value, or give it whole as JSON");
        var map = slot.Value as MappingNode ?? new MappingNode();
        foreach (var pair in pairs)
            map[pair[0]] = Scalar($"{path}{PathSegment.Key(pair[0])}", element.Kind, slot.OneOf, pair[1]);
        slot.Put(map);
    }

    // key=a,b,other=c: what has no '=' is a further item of the key before it. Lists grow.
    private static void MergeLists(FieldSlot slot, string path, string text, FieldType element)
    {
        var map = slot.Value as MappingNode ?? new MappingNode();
        string? key = null;
        foreach (var part in text.Split(','))
        {
            var pair = part.Split('=', 2);
            if (pair.Length == 2)
                key = pair[0];
            if (key is not { Length: > 0 })
                throw Mistake(path, $"is a map of lists: write KEY=ITEM,ITEM, or set one key as {path}[key]=ITEM");
            var list = map[key] as SequenceNode ?? [];
            var item = Scalar($"{path}{PathSegment.Key(key)}", element.Kind, slot.OneOf, pair[^1]);
            if (!list.Any(there => Node.DeepEquals(there, item)))
                list.Add(item);
            map[key] = list;
        }

        slot.Put(map);
    }

    private static ScalarNode Scalar(string path, FieldKind kind, IReadOnlyList<string> oneOf, string text)
    {
        if (Typed(kind, text) is not { } typed)
            throw Expected(path, kind is FieldKind.Int32 or FieldKind.Int64 ? "a whole number" : FieldScalar.Expected(kind), text);
        var scalar = FieldScalar.Canonical(kind, typed) ?? throw Expected(path, FieldScalar.Expected(kind), text);
        if (oneOf.Count == 0 || oneOf.Contains(text))
            return scalar;
        return oneOf.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } meant
            ? ScalarNode.Of(meant)
            : throw Expected(path, "one of " + string.Join(", ", oneOf), text);
    }

    // What a person means by the text where such a value is wanted.
    private static ScalarNode? Typed(FieldKind kind, string text) =>
        kind switch
        {
            FieldKind.Boolean => True.Contains(text) ? ScalarNode.Of(true)
            : False.Contains(text) ? ScalarNode.Of(false)
            : null,
            FieldKind.Int32 or FieldKind.Int64 => long.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? ScalarNode.Of(number)
                : null,
            FieldKind.IntOrString when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) =>
                ScalarNode.Of(count),
            FieldKind.Float => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real)
                ? new ScalarNode(
                    double.IsInteger(real) && Math.Abs(real) < 1e15 ? ScalarKind.Integer : ScalarKind.Float,
                    GoNumber.ForYaml(real)
                )
                : null,
            _ => ScalarNode.Of(text),
        };

    private Node FromJson(string path, FieldType? type, IReadOnlyList<string> oneOf, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                return ScalarNode.Null();
            case JsonValueKind.Array:
                if (type is not (null or { Kind: FieldKind.List or FieldKind.Any }))
                    throw Mistake(path, "is not a list");
                var list = new SequenceNode();
                foreach (var item in json.EnumerateArray())
                    list.Add(FromJson($"{path}[{list.Count}]", type?.Element, oneOf, item));
                return list;
            case JsonValueKind.Object:
                if (type is not (null or { Kind: FieldKind.Object or FieldKind.Map or FieldKind.Any }))
                    throw Mistake(path, "is not an object");
                var mapping = new MappingNode();
                foreach (var member in json.EnumerateObject())
                {
                    var field = type?.Kind == FieldKind.Object ? Field(path, schema.TypeOf(type), member.Name) : null;
                    mapping[member.Name] = FromJson(
                        $"{path}.{member.Name}",
                        field?.Type ?? type?.Element,
                        field?.OneOf ?? oneOf,
                        member.Value
                    );
                }

                return mapping;
            case var kind:
                var text = kind == JsonValueKind.String ? json.GetString()! : json.GetRawText();
                if (type is { Kind: FieldKind.List or FieldKind.Map or FieldKind.Object })
                    throw Expected(path, type.Kind == FieldKind.List ? "a list" : "an object", text);
                if (type is { Kind: not FieldKind.Any })
                    return Scalar(path, type.Kind, oneOf, text);
                return kind switch
                {
                    JsonValueKind.String => ScalarNode.Of(text),
                    JsonValueKind.Number => Scalar(path, FieldKind.Float, [], text),
                    _ => Scalar(path, FieldKind.Boolean, [], text),
                };
        }
    }

    private static FieldSchema Field(string path, TypeSchema type, string name) =>
        type.Find(name)
        ?? throw Mistake($"{path}.{name}", $"there is no such field{Suggest.Hint(name, type.Fields.Select(field => field.Name))}");

    private string Example(FieldType type) => schema.TypeOf(type).Fields is [var first, ..] ? first.Name : "name";

    private static JsonDocument? Json(string text)
    {
        if (text.Length < 2 || text[0] is not ('{' or '['))
            return null;
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FieldMistakeException Mistake(string path, string message) => new(path, message);

    private static FieldMistakeException Expected(string path, string what, string text) => new(path, $"expected {what}, got \"{text}\"");
}
