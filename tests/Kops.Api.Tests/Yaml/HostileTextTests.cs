using System.Text;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

public sealed class HostileTextTests
{
    public static TheoryData<string, string> DeepTexts =>
        new()
        {
            { "sequences in lines", string.Concat(Enumerable.Repeat("- ", 10_000)) },
            { "mappings", string.Concat(Enumerable.Range(0, 3_000).Select(level => new string(' ', level) + "a:\n")) },
            { "open brackets", new string('[', 10_000) },
            { "open braces", string.Concat(Enumerable.Repeat("{a: ", 10_000)) },
            { "closed brackets", new string('[', 10_000) + new string(']', 10_000) },
            { "JSON", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000) },
            { "explicit keys", string.Concat(Enumerable.Repeat("? ", 10_000)) },
            { "lines of flow", string.Concat(Enumerable.Repeat("[\n", 10_000)) },
        };

    [Theory]
    [MemberData(nameof(DeepTexts))]
    public void Ten_thousand_levels_are_refused(string name, string text)
    {
        Assert.NotEmpty(name);
        Assert.NotNull(Assert.Single(Texts.Refused(text).Problems).Position);
    }

    [Fact]
    public void As_many_levels_as_are_allowed_are_read()
    {
        var text = string.Concat(Enumerable.Repeat("- ", ReadLimits.Depth - 1)) + "a\n";
        Assert.Equal(text, YamlWriter.Write(Texts.Read(text)));
        Assert.Contains("nested more than", Texts.Refused("- " + text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Contains("aliases", Texts.Refused(text.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_that_aliases_repeat_is_refused()
    {
        var text = $"a: &a {new string('x', 1_000_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 1_000))}]\n";
        Assert.Contains("aliases", Texts.Refused(text).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &a [*a]", "contains itself")]
    [InlineData("a: *b", "no anchor '&b'")]
    [InlineData("a: .nan", "not a number")]
    [InlineData("~: a", "a key cannot be null")]
    [InlineData("[a]: b", "a key is text")]
    [InlineData("<<: 1", "'<<' merges")]
    [InlineData("a: !!int x", "!!int")]
    [InlineData("a: !!binary x?", "not base64")]
    public void What_has_no_meaning_is_refused_with_its_place(string text, string message)
    {
        var problem = Assert.Single(Texts.Refused(text).Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, problem.Position!.Value.Line);
    }

    [Theory]
    [InlineData("a:\n\tb: 1", 2)]
    [InlineData("a: 1\n b: 2", 2)]
    [InlineData("a: 1\nb: \"2\nc: 3", 2)]
    [InlineData("a: 1\nb", 2)]
    [InlineData("a: [1\nb: 2", 1)]
    [InlineData("a: b: c", 1)]
    [InlineData("{\"a\": 1", 1)]
    [InlineData("a: 1\n\u0007", 2)]
    [InlineData("a: 1\n\0", 2)]
    [InlineData("a: 1\n\u0080", 2)]
    public void What_is_not_YAML_is_refused_with_its_line(string text, int line) =>
        Assert.InRange(Assert.Single(Texts.Refused(text).Problems).Position!.Value.Line, line, line + 1);

    [Fact]
    public void A_tab_that_indents_is_named() =>
        Assert.Equal("test.yaml:2:1: a tab cannot indent; use spaces", Texts.Refused("a:\n\tb: 1").Message);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place()
    {
        var problem = Assert.Single(Texts.Refused([.. "a: é\nb: é"u8, 0xC3, (byte)'x']).Problems);
        Assert.Equal("2:5 the byte 0xC3 is not UTF-8; save the file as UTF-8", $"{problem.Position} {problem.Message}");
        Assert.Contains(
            "save the file as UTF-8",
            Texts.Refused(Encoding.Unicode.GetBytes("apiVersion: v1\n")).Message,
            StringComparison.Ordinal
        );
    }
}
