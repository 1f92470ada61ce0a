using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kops.Vfs.S3.Setup;

/// <summary>The statement of a bucket policy that denies who comes without TLS.</summary>
/// <remarks>Source: AWS Config, rule <c>s3-bucket-ssl-requests-only</c>.</remarks>
internal sealed class TlsStatement(string bucket, bool isAws)
{
    private const string Sid = "KopsTlsOnly";
    private const string Key = "aws:SecureTransport";

    /// <summary>Ceph knows the key with TLS alone: "false" is "not there" to it.</summary>
    private readonly string _test = isAws ? "Bool" : "BoolIfExists";

    /// <summary>Whether a policy has such a statement.</summary>
    internal bool IsIn(string? policy) =>
        Parse(policy)?["Statement"] switch
        {
            JsonArray several => several.Any(statement => Denies(statement)),
            JsonObject one => Denies(one),
            _ => false,
        };

    /// <summary>The policy with the statement beside those that it has; null when it cannot be read.</summary>
    internal string? AddTo(string? policy, string region)
    {
        var document = string.IsNullOrWhiteSpace(policy) ? new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray() } : Parse(policy);
        if (document is null) return null;
        // One statement may stand there without a list around it.
        var statements = new JsonArray();
        switch (document["Statement"])
        {
            case JsonArray several:
                foreach (var statement in several) statements.Add(statement?.DeepClone());
                break;
            case JsonObject one:
                statements.Add(one.DeepClone());
                break;
            default:
                return null;
        }

        statements.RemoveAll(statement => statement is JsonObject named && Text(named["Sid"]) == Sid);
        statements.Add(Statement(region));
        document["Statement"] = statements;
        return document.ToJsonString();
    }

    private JsonObject Statement(string region)
    {
        var arn = $"arn:{Partition(region)}:s3:::{bucket}";
        return new JsonObject
        {
            ["Sid"] = Sid,
            ["Effect"] = "Deny",
            ["Principal"] = "*",
            ["Action"] = "s3:*",
            ["Resource"] = new JsonArray(arn, arn + "/*"),
            ["Condition"] = new JsonObject { [_test] = new JsonObject { [Key] = "false" } },
        };
    }

    private static string Partition(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    private bool Denies(JsonNode? node)
    {
        if (node is not JsonObject statement || Text(statement["Effect"]) is not "Deny") return false;
        var everybody = Text(statement["Principal"]) is "*" || (statement["Principal"] is JsonObject principal && Texts(principal["AWS"]).Contains("*"));
        var resources = Texts(statement["Resource"]).Select(arn => arn[(arn.LastIndexOf(':') + 1)..]).ToList();
        return everybody && Texts(statement["Action"]).Any(action => action is "s3:*" or "*")
            && (resources.Contains("*") || (resources.Contains(bucket) && resources.Contains(bucket + "/*")) || resources.Contains(bucket + "*"))
            && statement["Condition"] is JsonObject { Count: 1 } condition && (condition[_test] ?? condition["BoolIfExists"]) is JsonObject { Count: 1 } test && Texts(test[Key]) is ["false"];
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

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray several => [.. several.Select(Text).OfType<string>()],
        not null when Text(node) is { } text => [text],
        _ => [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value ? value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.False => "false",
        JsonValueKind.True => "true",
        _ => null,
    }
    : null;
}
