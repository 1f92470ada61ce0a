using System.Text;
using CsCheck;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Xunit;

namespace Kops.Api.Tests.Yaml;

public sealed class YamlProperties
{
    private static readonly string[] Atoms =
    [
        "a",
        "b",
        "node",
        "10",
        "2",
        "007",
        "0x1F",
        "1e3",
        "1.5",
        "-1",
        "+2",
        "~",
        "null",
        "y",
        "yes",
        "On",
        "true",
        "1:20",
        "2001-01-01",
        ".",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        ": ",
        ":",
        " #",
        "#",
        "- ",
        "-",
        "? ",
        "?",
        "'",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "=",
        "é",
        "日本",
        "\u2028",
        "\u0085",
        "\u00a0",
        "\u0007",
        "\0",
        "---",
        "...",
        "a longer piece of text ",
        "https://example.com/a?b=c&d",
        "_",
        ".inf",
    ];

    private static readonly string[] Words =
    [
        "a",
        "node",
        "10",
        "1.5",
        "yes",
        " ",
        " ",
        "\n",
        ": ",
        " #",
        "'",
        "\"",
        "\\",
        "é",
        "a longer piece of text ",
        "https://example.com/a",
    ];

    private static readonly Gen<string> Text = Gen.Frequency((1, Concat(Atoms, 24)), (4, Concat(Words, 12)));

    private static readonly Gen<Node> Scalar = Gen.OneOf<Node>(
        Text.Select(text => (Node)ScalarNode.Of(text)),
        Gen.Long.Select(number => (Node)ScalarNode.Of(number)),
        Gen.Bool.Select(truth => (Node)ScalarNode.Of(truth)),
        Gen.Double[-1e9, 1e9].Select(number => (Node)Number(number)),
        Gen.Const(0).Select(_ => (Node)ScalarNode.Null())
    );

    private static readonly Gen<Node> Tree = Gen.Recursive<Node>(
        (depth, inner) =>
            depth > 3
                ? Scalar
                : Gen.Frequency(
                    (3, Scalar),
                    (2, inner.List[0, 4].Select(Sequence)),
                    (2, Gen.Select(Text, inner).List[0, 4].Select(Mapping))
                )
    );

    // A mapping's first value at the margin, as files have it.
    private static readonly Gen<string> Written = Gen.Select(Text, Tree).List[1, 4].Select(fields => YamlWriter.Write(Mapping(fields)));

    private static readonly Gen<string> Mutated = Gen.Select(
            Written,
            Gen.Select(Gen.Int[0, 200], Gen.Int[0, 3], Concat(Atoms, 1)).List[0, 3]
        )
        .Select(
            (text, changes) =>
            {
                var result = new StringBuilder(text);
                foreach (var (place, length, insert) in changes)
                {
                    var at = place % (result.Length + 1);
                    result.Remove(at, Math.Min(length, result.Length - at)).Insert(at, insert);
                }

                return result.ToString();
            }
        );

    [Fact]
    public void What_was_written_is_read_back_the_same() =>
        Tree.Sample(
            tree =>
            {
                var text = YamlWriter.Write(tree);
                return Node.DeepEquals(tree, Texts.Read(text));
            },
            iter: 3_000,
            print: YamlWriter.Write
        );

    [Fact]
    public void Writing_what_was_read_changes_nothing_more() =>
        Mutated.Sample(
            text =>
            {
                if (!TryRead(text, out var tree))
                    return true;
                var once = YamlWriter.Write(tree);
                return YamlWriter.Write(Texts.Read(once)) == once;
            },
            iter: 3_000
        );

    [Fact]
    public void Both_readers_agree_on_all_that_the_quick_one_accepts()
    {
        var accepted = 0;
        Mutated.Sample(
            text =>
            {
                var limits = new ReadLimits("test");
                var bytes = Encoding.UTF8.GetBytes(text);
                if (text.Contains("---", StringComparison.Ordinal) || text.Contains("...", StringComparison.Ordinal) || HasControls(bytes))
                    return true;
                if (BlockReader.TryRead(bytes, 1, limits) is not { } quick)
                    return true;
                Interlocked.Increment(ref accepted);
                var full = LibraryReader.Read(text, 1, new ReadLimits("test"), []);
                return Node.DeepEquals(quick, full) && Places(quick) == Places(full!);
            },
            iter: 10_000
        );
        Assert.InRange(accepted, 500, 10_000);
    }

    [Theory]
    [InlineData("' yes #1.5 #é #': |-\n  \n  ' yes \"https://xample.com/aa\n")]
    [InlineData("a: |\n  \n  b\n")]
    public void A_literal_that_begins_with_a_blank_line_as_long_as_its_indent_is_read_by_both(string text)
    {
        var quick = BlockReader.TryRead(Encoding.UTF8.GetBytes(text), 1, new ReadLimits("test"));

        Assert.True(Node.DeepEquals(quick, LibraryReader.Read(text, 1, new ReadLimits("test"), [])));
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.OneOf(Mutated.Select(Encoding.UTF8.GetBytes), Gen.Byte.Array[0, 60], Written.Select(Encoding.UTF8.GetBytes))
            .Sample(
                bytes =>
                {
                    try
                    {
                        KopsCodec.Decode(bytes, "test");
                    }
                    catch (InvalidObjectException exception)
                    {
                        return exception.Problems.Count > 0;
                    }

                    return true;
                },
                iter: 5_000
            );

    private static Gen<string> Concat(string[] atoms, int most) =>
        Gen.Int[0, atoms.Length - 1].Select(index => atoms[index]).List[0, most].Select(chosen => string.Concat(chosen));

    private static bool TryRead(string text, out Node tree)
    {
        tree = ScalarNode.Null();
        try
        {
            if (Texts.Documents(text) is not [var document])
                return false;
            tree = document.Root;
            return tree is not ScalarNode { Kind: ScalarKind.Null };
        }
        catch (InvalidObjectException)
        {
            return false;
        }
    }

    private static bool HasControls(byte[] text)
    {
        try
        {
            Characters.Check(text, new ReadLimits("test"));
            return false;
        }
        catch (InvalidObjectException)
        {
            return true;
        }
    }

    private static string Places(Node node) =>
        node switch
        {
            MappingNode mapping =>
                $"{node.Position}({string.Concat(mapping.Select(field => $"{mapping.NamePosition(field.Key)}{Places(field.Value)}"))})",
            SequenceNode sequence => $"{node.Position}({string.Concat(sequence.Select(Places))})",
            ScalarNode { Kind: ScalarKind.Null } => "null",
            _ => $"{node.Position} ",
        };

    private static ScalarNode Number(double value)
    {
        var (kind, text) = PlainScalar.Number(value);
        return new(kind, text);
    }

    private static Node Sequence(IList<Node> items)
    {
        var sequence = new SequenceNode();
        foreach (var item in items)
            sequence.Add(item);
        return sequence;
    }

    private static Node Mapping(IList<(string Name, Node Value)> fields)
    {
        var mapping = new MappingNode();
        foreach (var (name, value) in fields)
            mapping[name] = value;
        return mapping;
    }
}
