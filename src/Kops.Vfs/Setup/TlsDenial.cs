using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kops.Vfs.Setup;

/// <summary>The statement of a bucket policy that denies who comes without TLS, in the words of its service.</summary>
/// <remarks>Source: AWS Config, rule <c>s3-bucket-ssl-requests-only </c>; OSS, "Bucket policy", condition <c>acs:SecureTransport </c>.
/// </remarks>
public sealed record TlsDenial
{
    /// <summary>The bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>What stands before the bucket's name in the name of a resource.</summary>
    public required string ResourcePrefix { get; init; }

    /// <summary>The version of the policy's language.</summary>
    public required string Language { get; init; }

    /// <summary>All actions.</summary>
    public required string AllActions { get; init; }

    /// <summary>The condition's key, which is true with TLS.</summary>
    public required string Key { get; init; }

    /// <summary>How the condition is tested.</summary>
    public string Test { get; init; } = "Bool";

    /// <summary>Whether the statements have names.</summary>
    public bool IsNamed { get; init; }

    private const string Name = "KopsTlsOnly";

    /// <summary>Whether a policy has such a statement.</summary>
    public bool IsIn(string? policy) =>
        Parse(policy)?["Statement"] switch
        {
            JsonArray several => several.Any(Denies),
            JsonObject one => Denies(one),
            _ => false,
        };

    /// <summary>The policy with the statement beside those that it has; null when it cannot be read.</summary>
    public string? AddTo(string? policy)
    {
        var document = string.IsNullOrWhiteSpace(policy)
            ? new JsonObject { ["Version"] = Language, ["Statement"] = new JsonArray() }
            : Parse(policy);
        if (document is null)
            return null;
        // One statement may stand there without a list around it.
        var statements = new JsonArray();
        switch (document["Statement"])
        {
            case JsonArray several:
                foreach (var statement in several)
                    statements.Add(statement?.DeepClone());
                break;
            case JsonObject one:
                statements.Add(one.DeepClone());
                break;
            default:
                return null;
        }

        statements.RemoveAll(statement => statement is JsonObject named && Text(named["Sid"]) == Name);
        statements.Add((JsonNode)Statement());
        document["Statement"] = statements;
        return document.ToJsonString();
    }

    private JsonObject Statement()
    {
        var statement = new JsonObject
        {
            ["Effect"] = "Deny",
            ["Principal"] = IsNamed ? "*" : new JsonArray("*"),
            ["Action"] = new JsonArray(AllActions),
            ["Resource"] = new JsonArray(ResourcePrefix + Bucket, $"{ResourcePrefix}{Bucket}/*"),
            ["Condition"] = new JsonObject { [Test] = new JsonObject { [Key] = new JsonArray("false") } },
        };
        if (IsNamed)
            statement.Insert(0, "Sid", Name);
        return statement;
    }

    private bool Denies(JsonNode? node)
    {
        if (node is not JsonObject statement || Text(statement["Effect"]) is not "Deny")
            return false;
        var principal = statement["Principal"];
        var everybody = Texts(principal).Contains("*") || (principal is JsonObject named && Texts(named["AWS"]).Contains("*"));
        var resources = Texts(statement["Resource"]).Select(name => name[(name.LastIndexOf(':') + 1)..]).ToList();
        return everybody
            && Texts(statement["Action"]).Any(action => action == AllActions || action == "*")
            && (
                resources.Contains("*")
                || (resources.Contains(Bucket) && resources.Contains(Bucket + "/*"))
                || resources.Contains(Bucket + "*")
            )
            && statement["Condition"] is JsonObject { Count: 1 } condition
            && (condition[Test] ?? condition["BoolIfExists"]) is JsonObject { Count: 1 } test
            && Texts(test[Key]) is ["false"];
    }

    private static JsonObject? Parse(string? policy)
    {
        try
        {
            return string.IsNullOrWhiteSpace(policy) ? null : JsonNode.Parse(policy) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonArray several => [.. several.Select(Text).OfType<string>()],
            not null when Text(node) is { } text => [text],
            _ => [],
        };

    private static string? Text(JsonNode? node) =>
        node is not JsonValue value
            ? null
            : value.GetValueKind() switch
            {
                JsonValueKind.String => value.GetValue<string>(),
                JsonValueKind.False => "false",
                JsonValueKind.True => "true",
                _ => null,
            };
}
