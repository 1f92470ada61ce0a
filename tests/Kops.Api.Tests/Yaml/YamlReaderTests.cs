using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

/// <summary>What a text means was observed with sigs.k8s.io/yaml 1.3 on go-yaml 2.4.</summary>
public sealed class YamlReaderTests
{
    public static TheoryData<string, string> Meanings =>
        new()
        {
            { "a: 0755", "{\"a\":493}" },
            // What the library's parser does not take by itself.
            { "{a: &n x, b: z}", "{\"a\":\"x\",\"b\":\"z\"}" },
            { "{a: &n x, b: *n}", "{\"a\":\"x\",\"b\":\"x\"}" },
            { "[&n x, *n]", "[\"x\",\"x\"]" },
            { "{&n a: b, c: *n}", "{\"a\":\"b\",\"c\":\"a\"}" },
            { "{a: &n !!str 1, b: *n}", "{\"a\":\"1\",\"b\":\"1\"}" },
            { "{a: &n {b: 1}, c: *n}", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}" },
            { "a: |\n      \n  x\n", "{\"a\":\"    \\nx\\n\"}" },
            { "a: |2\n      \n  x\n", "{\"a\":\"    \\nx\\n\"}" },
            { "a: |2-\n      \n  x\nb: {c: 1}\n", "{\"a\":\"    \\nx\",\"b\":{\"c\":1}}" },
            { "a: {b: 1}\nc: |\n      \n  x\n", "{\"a\":{\"b\":1},\"c\":\"    \\nx\\n\"}" },
            { "a: {b: 1}\nc:\n- d: |\n        \n    \"x\\y\n", "{\"a\":{\"b\":1},\"c\":[{\"d\":\"    \\n\\\"x\\\\y\\n\"}]}" },
            { "a: {\nb: 1,\nc: [\nd]\n}\n", "{\"a\":{\"b\":1,\"c\":[\"d\"]}}" },
            { "a: \"x\ny\"\nb: 'it''s\nz'\n", "{\"a\":\"x y\",\"b\":\"it's z\"}" },
            { "a: 08", "{\"a\":8}" },
            { "a: 1_000", "{\"a\":1000}" },
            { "a: 0x1F", "{\"a\":31}" },
            { "a: 0b11", "{\"a\":3}" },
            { "a: 1e3", "{\"a\":1000}" },
            { "a: 1.50", "{\"a\":1.5}" },
            { "a: .5", "{\"a\":0.5}" },
            { "a: +1", "{\"a\":1}" },
            { "a: -0", "{\"a\":0}" },
            { "a: 1e30", "{\"a\":1e+30}" },
            { "a: 18446744073709551615", "{\"a\":18446744073709551615}" },
            { "a: 18446744073709551616", "{\"a\":18446744073709552000}" },
            { "a: 9223372036854775807", "{\"a\":9223372036854775807}" },
            { "a: yes", "{\"a\":true}" },
            { "a: N", "{\"a\":false}" },
            { "a: Off", "{\"a\":false}" },
            { "a: ~", "{\"a\":null}" },
            { "a: Null", "{\"a\":null}" },
            { "a:", "{\"a\":null}" },
            { "a: 2001-01-01", "{\"a\":\"2001-01-01\"}" },
            { "a: 1:20", "{\"a\":\"1:20\"}" },
            { "a: !!str 12", "{\"a\":\"12\"}" },
            { "a: !!int \"12\"", "{\"a\":12}" },
            { "a: !!float 1", "{\"a\":1}" },
            { "a: !!binary aGk=", "{\"a\":\"hi\"}" },
            { "a: !foo 12", "{\"a\":\"12\"}" },
            { "a: ! 12", "{\"a\":\"12\"}" },
            { "1: a", "{\"1\":\"a\"}" },
            { "1.5: a", "{\"1.5\":\"a\"}" },
            { "1e6: a", "{\"1e+06\":\"a\"}" },
            { "yes: a", "{\"true\":\"a\"}" },
            { "2001-01-01: a", "{\"2001-01-01\":\"a\"}" },
            { "0x10: a", "{\"16\":\"a\"}" },
            { "a: &x {b: 1}\nc: *x", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}" },
            { "b: &x {p: 1, q: 2}\na:\n  <<: *x\n  q: 3", "{\"a\":{\"p\":1,\"q\":3},\"b\":{\"p\":1,\"q\":2}}" },
            { "b: &x {p: 1, q: 2}\na:\n  q: 3\n  <<: *x", "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":2}}" },
            { "b: &x {p: 1}\nc: &y {p: 2, r: 3}\na:\n  <<: [*x, *y]", "{\"a\":{\"p\":1,\"r\":3},\"b\":{\"p\":1},\"c\":{\"p\":2,\"r\":3}}" },
            { "a: 1\na: 2", "{\"a\":2}" },
            { "a: b\n  c", "{\"a\":\"b c\"}" },
            { "a: b\n\n  c", "{\"a\":\"b\\nc\"}" },
            { "a: \"b\n  c\n\n  d\"", "{\"a\":\"b c\\nd\"}" },
            { "a: 'it''s'", "{\"a\":\"it's\"}" },
            { "a: |\n  b\n   c\n\n  d\n", "{\"a\":\"b\\n c\\n\\nd\\n\"}" },
            { "a: |-\n  b\n", "{\"a\":\"b\"}" },
            { "a: |+\n  b\n\nc: 1", "{\"a\":\"b\\n\\n\",\"c\":1}" },
            { "a: >\n  b\n  c\n\n  d\n", "{\"a\":\"b c\\nd\\n\"}" },
            { "a: |2\n    b\n", "{\"a\":\"  b\\n\"}" },
            { "a: |\n  b", "{\"a\":\"b\"}" },
            { "- a\n-\n- - b\n  - c", "[\"a\",null,[\"b\",\"c\"]]" },
            { "a:\n- b\n-\n  c: 1", "{\"a\":[\"b\",{\"c\":1}]}" },
            { "a: {b: [1, 'x', ~], c: }", "{\"a\":{\"b\":[1,\"x\",null],\"c\":null}}" },
            { "? a\n: b", "{\"a\":\"b\"}" },
            { "a: b # c", "{\"a\":\"b\"}" },
            { "a: b# c", "{\"a\":\"b# c\"}" },
            { "\"a\": 1\n'b' : 2", "{\"a\":1,\"b\":2}" },
            { "%YAML 1.1\n---\na: 1", "{\"a\":1}" },
        };

    [Theory]
    [MemberData(nameof(Meanings))]
    public void A_text_means_what_go_yaml_takes_it_for(string yaml, string json) =>
        Assert.True(Node.DeepEquals(Texts.Read(json), Texts.Read(yaml)), YamlWriter.Write(Texts.Read(yaml)));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n---\n# nothing\n...\n")]
    public void A_text_without_values_holds_no_document(string yaml) => Assert.Empty(Texts.Documents(yaml));

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n", "a: 1\n|b: 2\n")]
    [InlineData("--- # first\na: 1\n...\n---\nb: 2", "a: 1\n|b: 2")]
    [InlineData("a: |\n  ---\n---\n---\nb: 2", "a: |\n  ---\n|b: 2")]
    [InlineData("%YAML 1.1\n---\na: 1\n---\nb: 2", "a: 1\n|b: 2")]
    public void Documents_are_divided_and_keep_their_own_text(string yaml, string raws) =>
        Assert.Equal(raws, string.Join('|', Texts.Documents(yaml).Select(document => document.Raw)));

    [Fact]
    public void Places_count_from_the_start_of_the_whole_text()
    {
        var document = Texts.Documents("a: 1\n---\n# c\nb:\n- é: 2\n")[1];
        var mapping = (MappingNode)document.Root;
        var item = (MappingNode)((SequenceNode)mapping["b"])[0];
        Assert.Equal(
            "4:1 5:1 5:3 5:6",
            $"{mapping.NamePosition("b")} {mapping["b"].Position} {item.NamePosition("é")} {item["é"].Position}"
        );
    }

    [Fact]
    public void Places_are_those_of_the_users_own_text_also_where_it_was_straightened()
    {
        var duplicate = Assert.Single(Texts.Documents("a: {\nb: 1,\nb: 2\n}\n").Single().Duplicates);
        Assert.Equal(new SourcePosition(3, 1), duplicate.Position);
    }

    [Theory]
    [InlineData("a:\n\tb: 1", 2, 1)]
    [InlineData("a:\n  b: 1\n\tc: 2", 3, 1)]
    [InlineData("a:\n  b:\n  \tc: 2\nd: 1", 3, 3)]
    [InlineData("a: 1\nb:\n  - c\n\t- d\n", 4, 1)]
    public void A_tab_is_found_where_it_stands(string text, int line, int column)
    {
        var problem = Assert.Single(Assert.Throws<InvalidObjectException>(() => Texts.Documents(text)).Problems);
        Assert.Equal(("a tab cannot indent; use spaces", new SourcePosition(line, column)), (problem.Message, problem.Position!.Value));
    }

    [Fact]
    public void Of_duplicate_keys_the_last_one_counts_and_is_told()
    {
        var document = Assert.Single(Texts.Documents("a:\n- b: 1\n  b: 2\n"));
        Assert.Equal("a:\n- b: 2\n", YamlWriter.Write(document.Root));
        var problem = Assert.Single(document.Duplicates);
        Assert.Equal("a[0].b 3:3 is set a second time; the first is at 2:3", $"{problem.Path} {problem.Position} {problem.Message}");
    }

    [Theory]
    [InlineData("a: 1\r\nb:\r\n- 2\r\n")]
    [InlineData("\ufeffa: 1\nb:\n- 2\n")]
    [InlineData("%YAML 1.1\n---\na: 1\nb: [2]\n")]
    [InlineData("{\"a\": 1,\t\"b\": [2]}")]
    [InlineData("{\"a\": 1, b: [2]}")]
    public void Other_ways_to_say_the_same_are_read(string text) => Assert.Equal("a: 1\nb:\n- 2\n", YamlWriter.Write(Texts.Read(text)));
}
