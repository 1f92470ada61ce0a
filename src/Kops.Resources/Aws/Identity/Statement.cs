using System.Text.Json.Nodes;

namespace Kops.Resources.Aws.Identity;

/// <summary>A statement of a policy: it allows actions on resources.</summary>
/// <param name="Actions">What it allows.</param>
/// <param name="Resources">On what; nothing in a policy that says who may take a role.</param>
internal sealed record Statement(Terms Actions, Terms Resources)
{
    /// <summary>Only where this holds: operators, then keys, then values.</summary>
    public JsonObject? Condition { get; init; }

    /// <summary>To whom, where the policy does not belong to somebody.</summary>
    public JsonObject? Principal { get; init; }

    /// <summary>Whether it allows or denies.</summary>
    public string Effect { get; init; } = "Allow";

    /// <summary>A statement as the user wrote it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Statement Read(JsonNode? node) =>
        node is JsonObject statement
            ? new(Terms.Read(statement["Action"]), Terms.Read(statement["Resource"]))
            {
                Condition = Sorted(statement[nameof(Condition)]) as JsonObject,
                Principal = Sorted(statement[nameof(Principal)]) as JsonObject,
                Effect = statement[nameof(Effect)]?.GetValue<string>() ?? string.Empty,
            }
            : throw new FormatException("a policy is a list of statements, each in braces");

    public JsonObject ToJson()
    {
        var statement = new JsonObject();
        if (!Actions.IsEmpty)
            statement["Action"] = Actions.ToJson();
        if (Condition is { Count: > 0 })
            statement[nameof(Condition)] = Condition.DeepClone();
        statement[nameof(Effect)] = Effect;
        if (Principal is { Count: > 0 })
            statement[nameof(Principal)] = Principal.DeepClone();
        if (!Resources.IsEmpty)
            statement["Resource"] = Resources.ToJson();
        return statement;
    }

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject fields => new JsonObject(
                fields
                    .OrderBy(field => field.Key, StringComparer.Ordinal)
                    .Select(field => new KeyValuePair<string, JsonNode?>(field.Key, Sorted(field.Value)))
            ),
            _ => node?.DeepClone(),
        };
}
