using System.Text;
using System.Text.RegularExpressions;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.StateStore.Changes;

/// <summary>
/// Finds secrets in files that are not known to hold any: some addons carry their cloud's credentials in a manifest. What is YAML or JSON
/// is read as such, so that it does not matter how it is written; a manifest within a value, as ConfigMaps hold them, too.
/// </summary>
public static partial class SecretContent
{
    private const int MaxDepth = 3;
    private const string Kind = "Secret";

    /// <summary>Whether a text holds a private key or a Secret of Kubernetes.</summary>
    public static bool IsIn(ReadOnlyMemory<byte> text) =>
        text.Span.IndexOf("PRIVATE KEY-----"u8) >= 0
        || (MayHoldSecret(text.Span) && (Read(text) is { } documents ? documents.Any(node => IsIn(node, 0)) : IsLikely(text.Span)));

    /// <summary>The word has to stand there, or to be written with escapes.</summary>
    private static bool MayHoldSecret(ReadOnlySpan<byte> text) => text.IndexOf("Secret"u8) >= 0 || text.Contains((byte)'\\');

    private static bool IsIn(Node node, int depth) =>
        node switch
        {
            MappingNode mapping => IsSecret(mapping) || mapping.Any(field => IsIn(field.Value, depth)),
            SequenceNode list => list.Any(item => IsIn(item, depth)),
            ScalarNode { Kind: ScalarKind.Text } text => depth < MaxDepth && text.Text.Contains('\n') && IsIn(text.Text, depth + 1),
            _ => false,
        };

    /// <summary>A Secret, or a list of nothing but such, whose items need not say their kind.</summary>
    private static bool IsSecret(MappingNode mapping) => mapping["kind"] is ScalarNode { Text: Kind or Kind + "List" };

    private static bool IsIn(string value, int depth)
    {
        var text = Encoding.UTF8.GetBytes(value);
        return MayHoldSecret(text) && (Read(text) is { } documents ? documents.Any(node => IsIn(node, depth)) : IsLikely(text));
    }

    /// <summary>Null for what is neither YAML nor JSON.</summary>
    private static List<Node>? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            return [.. YamlReader.Read(text, string.Empty).Select(document => document.Root)];
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }

    private static bool IsLikely(ReadOnlySpan<byte> text) => KindOfSecret().IsMatch(Encoding.UTF8.GetString(text));

    [GeneratedRegex(@"\bkind\W{0,40}Secret(List)?\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex KindOfSecret();
}
