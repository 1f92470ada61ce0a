using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

/// <summary>What the writer must give was observed with sigs.k8s.io/yaml 1.3 on go-yaml 2.4.</summary>
public sealed class YamlWriterTests
{
    public static TheoryData<string, string> Scalars =>
        new()
        {
            { "", "\"\"" },
            { "a", "a" },
            { "1.28", "\"1.28\"" },
            { "0755", "\"0755\"" },
            { "1e3", "\"1e3\"" },
            { "~", "\"~\"" },
            { "y", "\"y\"" },
            { "on", "\"on\"" },
            { "1:20", "\"1:20\"" },
            { "2001-01-01", "\"2001-01-01\"" },
            { "=", "=" },
            { "<<", "<<" },
            { ".51_000", "\".51_000\"" },
            { "._1", "._1" },
            { "08", "\"08\"" },
            { "0o17", "\"0o17\"" },
            { "1__0", "\"1__0\"" },
            { "-", "'-'" },
            { "--", "--" },
            { "- a", "'- a'" },
            { "-a", "-a" },
            { "? b", "'? b'" },
            { ":c", ":c" },
            { ": c", "': c'" },
            { "a: b", "'a: b'" },
            { "a:b", "a:b" },
            { "a #b", "'a #b'" },
            { "a#b", "a#b" },
            { "#a", "'#a'" },
            { "'q'", "'''q'''" },
            { "\"q\"", "'\"q\"'" },
            { "it's", "it's" },
            { "{", "'{'" },
            { "}", "'}'" },
            { "[x]", "'[x]'" },
            { "a,b", "a,b" },
            { "&a", "'&a'" },
            { "*a", "'*a'" },
            { "!t", "'!t'" },
            { "|", "'|'" },
            { ">", "'>'" },
            { "%d", "'%d'" },
            { "@h", "'@h'" },
            { "`c`", "'`c`'" },
            { "null", "\"null\"" },
            { "nullx", "nullx" },
            { "True", "\"True\"" },
            { "---", "'---'" },
            { "--- a", "'--- a'" },
            { "...x", "'...x'" },
            { " a", "' a'" },
            { "a ", "'a '" },
            { "a\tb", "\"a\\tb\"" },
            { "\t", "\"\\t\"" },
            { "a\nb", "|-\n  a\n  b" },
            { "a\nb\n", "|\n  a\n  b" },
            { "a\n\n", "|+\n  a\n" },
            { "\n", "|2+\n" },
            { "\na", "|2-\n\n  a" },
            { " a\nb", "|2-\n   a\n  b" },
            { "a \nb", "\"a \\nb\"" },
            { "a\n b", "|-\n  a\n   b" },
            { "a\n\tb", "\"a\\n\\tb\"" },
            { "a\rb", "\"a\\rb\"" },
            { "x\n ", "\"x\\n \"" },
            { "é", "é" },
            { "日本", "日本" },
            { "\u2028", "'\u2028'" },
            { "a\u2028b", "'a\u2028  b'" },
            { "\u0085", "\"\\N\"" },
            { "\u00a0", "\u00a0" },
            { "\ufeff", "\"\\uFEFF\"" },
            { "\ufeffab", "\"\\uFEFF\\x61\\x62\"" },
            { "\u0007\u001b\u0000", "\"\\a\\e\\0\"" },
            {
                "the quick brown fox jumps over the lazy dog and the quick brown fox jumps over the lazy dog again",
                "the quick brown fox jumps over the lazy dog and the quick brown fox jumps over\n  the lazy dog again"
            },
            {
                "the quick brown fox jumps over the lazy dog and the quick brown fox jumps over the lazy dog again: x",
                "'the quick brown fox jumps over the lazy dog and the quick brown fox jumps over\n  the lazy dog again: x'"
            },
            {
                "'the quick brown fox jumps over the lazy dog and the quick brown fox jumps over the lazy dog again",
                "'''the quick brown fox jumps over the lazy dog and the quick brown fox jumps over\n  the lazy dog again'"
            },
            {
                "the  quick  brown  fox  jumps  over  the  lazy  dog  and  the  quick  brown  fox  jumps  over  the  lazy  dog  again",
                "the  quick  brown  fox  jumps  over  the  lazy  dog  and  the  quick  brown  fox  jumps  over  the  lazy  dog  again"
            },
            {
                "sha256:0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "sha256:0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
            },
            { "1111111111111111111111111", "\"1111111111111111111111111\"" },
            { "+1", "\"+1\"" },
            { "0x", "0x" },
            { "0b1", "\"0b1\"" },
            { "1_000", "\"1_000\"" },
            { "1e400", "1e400" },
            { "12e03", "\"12e03\"" },
            { "1.", "\"1.\"" },
            { "+.5", "\"+.5\"" },
            { ".inf", "\".inf\"" },
            { "-.INF", "\"-.INF\"" },
            { ".nan", "\".nan\"" },
            { "2001-1-2 1:2:3", "\"2001-1-2 1:2:3\"" },
            { "2001-02-30", "2001-02-30" },
            { "2001-02-29", "2001-02-29" },
            { "2000-02-29T01:02:03.5+01:00", "\"2000-02-29T01:02:03.5+01:00\"" },
            { "\U0001f600", "\"\\U0001F600\"" },
        };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void A_text_is_quoted_and_folded_as_go_yaml_does(string text, string written) =>
        Assert.Equal($"k: {written}\n", YamlWriter.Write(new MappingNode { ["k"] = ScalarNode.Of(text) }));

    [Fact]
    public void Keys_stand_in_go_yamls_order()
    {
        const string Sorted =
            "'-' _ \"1\" \"1.9\" 1.9.1 \"1.10\" \"01\" \"001\" 0a \"9\" \"10\" A a a-1 a.b a/b a_1 a1 a2 a10 aB ab b node-a node2 "
            + "node10 nodeA x0 x00 x1 x01 x010 z é";
        var mapping = new MappingNode();
        var names = Sorted.Split(' ').Select(name => name.Trim('\'', '"')).ToArray();
        foreach (var name in names.Reverse())
            mapping[name] = ScalarNode.Of(0);
        Assert.Equal(Sorted.Replace(" ", ": 0\n", StringComparison.Ordinal) + ": 0\n", YamlWriter.Write(mapping));
    }

    [Theory]
    [InlineData("[]", "[]\n")]
    [InlineData("{}", "{}\n")]
    [InlineData("[[], {}, [[1], 2]]", "- []\n- {}\n- - - 1\n  - 2\n")]
    [InlineData("{a: [{b: 1, c: [2]}], d: {e: []}}", "a:\n- b: 1\n  c:\n  - 2\nd:\n  e: []\n")]
    [InlineData(
        "[null, true, 1, 1.5, 1e-7, 1e21, 1e+6, 123456789.5]",
        "- null\n- true\n- 1\n- 1.5\n- 1e-07\n- 1e+21\n- 1000000\n- 1.234567895e+08\n"
    )]
    [InlineData("18446744073709551616", "1.8446744073709552e+19\n")]
    [InlineData("{? \"a\\nb\" : {c: 1, d: [2]}}", "? |-\n  a\n  b\n: c: 1\n  d:\n  - 2\n")]
    public void Collections_and_numbers_are_written_as_go_yaml_does(string flow, string written) =>
        Assert.Equal(written, YamlWriter.Write(Texts.Read(flow)));

    [Fact]
    public void A_key_of_more_than_128_bytes_is_an_explicit_one()
    {
        var (fits, tooLong) = (new string('a', 128), new string('é', 65));
        Assert.Equal(
            $"{fits}: 1\n? {tooLong}\n: 2\n",
            YamlWriter.Write(new MappingNode { [fits] = ScalarNode.Of(1), [tooLong] = ScalarNode.Of(2) })
        );
    }
}
