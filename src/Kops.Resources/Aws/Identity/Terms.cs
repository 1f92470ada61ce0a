using System.Text.Json.Nodes;

namespace Kops.Resources.Aws.Identity;

/// <summary>The actions, resources or services that a statement is about: a set, which AWS takes as a list, or one as a text.</summary>
internal sealed class Terms
{
    private readonly string[] _values;
    private readonly bool _isList;

    private Terms(IEnumerable<string> values, bool isList) =>
        (_values, _isList) = ([.. values.Distinct().Order(StringComparer.Ordinal)], isList);

    public bool IsEmpty => _values.Length == 0;

    /// <summary>A set that is a text when it has one member.</summary>
    public static Terms Of(params IEnumerable<string> values) => new(values, isList: false);

    /// <summary>A set that is always a list.</summary>
    public static Terms List(params IEnumerable<string> values) => new(values, isList: true);

    /// <summary>What a policy of the user's says.</summary>
    /// <exception cref="FormatException">It is neither a text nor a list of texts.</exception>
    public static Terms Read(JsonNode? node) =>
        node switch
        {
            null => Of(),
            JsonArray list => List(list.Select(Text)),
            _ => Of(Text(node)),
        };

    public JsonNode ToJson() =>
        _values is [var only] && !_isList ? JsonValue.Create(only) : new JsonArray([.. _values.Select(value => JsonValue.Create(value))]);

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw new FormatException($"a policy's actions and resources are texts or lists of texts, not {node?.ToJsonString()}");
}
