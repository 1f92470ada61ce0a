using CsCheck;
using Kops.Api.Documents;

namespace Kops.Api.Tests.Paths;

/// <summary>Short ways to trees.</summary>
internal static class Trees
{
    /// <summary>Any tree of a few levels, with lists of named objects, of other objects and of plain values, also repeated ones.</summary>
    public static readonly Gen<MappingNode> Any = Gen.Recursive<MappingNode>(
        (depth, self) =>
            Gen.Select(Gen.Char["abcd"].Select(name => name.ToString()), depth > 2 ? Scalar : Value(self)).Array[0, 4].Select(Mapping)
    );

    private static Gen<Node> Scalar =>
        Gen.OneOf<Node>(
            Gen.Int[0, 3].Select(number => (Node)ScalarNode.Of(number)),
            Gen.Char["xyz"].Select(letter => (Node)ScalarNode.Of(letter.ToString())),
            Gen.Const(() => (Node)ScalarNode.Null())
        );

    public static MappingNode Mapping(params (string Name, Node Value)[] fields)
    {
        var mapping = new MappingNode();
        foreach (var (name, value) in fields)
            mapping[name] = value;
        return mapping;
    }

    public static SequenceNode List(params Node[] items)
    {
        var list = new SequenceNode();
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    public static SequenceNode Texts(params string[] items) => List([.. items.Select(Text)]);

    public static Node Text(string value) => ScalarNode.Of(value);

    private static Gen<Node> Value(Gen<MappingNode> self) =>
        Gen.OneOf(
            Scalar,
            self.Select(mapping => (Node)mapping),
            Scalar.Array[0, 4].Select(items => (Node)List(items)),
            self.Array[0, 3].Select(items => (Node)List(items)),
            Gen.Select(Gen.Char["nmo"], self)
                .Array[0, 3]
                .Select(items => (Node)List([.. items.Select(item => Named(item.Item1.ToString(), item.Item2))]))
        );

    private static MappingNode Named(string name, MappingNode item)
    {
        item["name"] = ScalarNode.Of(name);
        return item;
    }
}
