using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>A policy as kOps writes it: statements of their own first, then one for each way in which actions are bounded.</summary>
internal sealed class PolicyDocument
{
    private const string Version = "2012-10-17";

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Statement> _statements = [];

    public PolicyDocument(params IEnumerable<Statement> statements) => _statements.AddRange(statements);

    /// <summary>A policy that holds exactly these rights.</summary>
    public static PolicyDocument Of(AwsCluster cluster, params IEnumerable<Rights> rights)
    {
        var all = rights.ToList();
        return new([.. all.SelectMany(right => right.Statements), .. Bounded(cluster, all)]);
    }

    /// <summary>A policy of the user's: a JSON list of statements.</summary>
    /// <exception cref="FormatException">It is none; the message begins with the field that it stands in.</exception>
    public static PolicyDocument Read(string text, string field)
    {
        try
        {
            return JsonNode.Parse(text) is JsonArray statements
                ? new(statements.Select(Statement.Read))
                : throw new FormatException("a policy is a list of statements, in brackets");
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            throw new FormatException($"{field}: {failure.Message}", failure);
        }
    }

    public bool IsEmpty => _statements.Count == 0;

    public string ToJson()
    {
        var document = new JsonObject
        {
            ["Statement"] = new JsonArray([.. _statements.Select(statement => statement.ToJson())]),
            ["Version"] = Version,
        };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Layout))
            document.WriteTo(writer);
        // As Go escapes what could be taken for HTML.
        return Encoding
            .UTF8.GetString(buffer.ToArray())
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);
    }

    private static IEnumerable<Statement> Bounded(AwsCluster cluster, List<Rights> rights)
    {
        if (rights.Any(right => right.UsesKms))
        {
            foreach (var statement in KeyStatements(cluster))
                yield return statement;
        }

        var creates = rights.SelectMany(right => right.OnNew).ToList();
        foreach (
            var (actions, condition) in new (IEnumerable<string>, JsonObject?)[]
            {
                (rights.SelectMany(right => right.OnAll), null),
                (rights.SelectMany(right => right.OnOwned), Conditions.Owned(cluster)),
                (creates, Conditions.New(cluster)),
            }
        )
        {
            var terms = Terms.Of(actions);
            if (!terms.IsEmpty)
                yield return new(terms, Terms.Of("*")) { Condition = condition };
        }

        // A security group is made in a network, which need not be the cluster's.
        if (creates.Contains("ec2:CreateSecurityGroup"))
            yield return new(Terms.Of("ec2:CreateSecurityGroup"), Terms.Of($"arn:{cluster.Partition}:ec2:*:*:vpc/*"));
    }

    private static IEnumerable<Statement> KeyStatements(AwsCluster cluster)
    {
        yield return new(Terms.Of("kms:CreateGrant"), Terms.Of("*"))
        {
            Condition = Conditions.Of("Bool", "kms:GrantIsForAWSResource", "true"),
        };
        var suffix = Conditions.DnsSuffix(cluster.Partition);
        yield return new(Terms.Of("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"), Terms.Of("*"))
        {
            Condition = Conditions.Of(
                "StringLike",
                "kms:ViaService",
                Terms.List($"ec2.{cluster.Region}.{suffix}", $"s3.*.{suffix}").ToJson()
            ),
        };
    }
}
