using System.Globalization;
using Kops.Api.Documents;
using Kops.Api.Schema;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Spec;

/// <summary>
/// Values of a spec as templates see them, and back. What is not set is the zero of its type, or a pointer to nothing: a template takes the
/// two for different things.
/// </summary>
internal static class SpecValues
{
    public const string Package = "kops.";

    private static ApiSchema Schema => ApiSchema.V1Alpha3;

    /// <summary>The spec of a cluster, by its internal names, as the dot of a template.</summary>
    public static Value Cluster(MappingNode spec) => Object(spec, "ClusterSpec");

    /// <summary>An object of a type of the schema, or a nil pointer to one.</summary>
    public static Value Object(MappingNode? node, string type) =>
        node is null ? Value.NilPointer(Package + type) : Value.Pointer(Value.Of(new SpecObject(node, TypeOf(type))));

    /// <summary>The value of a field.</summary>
    public static Value Of(Node? node, FieldType type)
    {
        if (node is ScalarNode { Kind: ScalarKind.Null })
            node = null;
        if (!type.IsPointer)
            return Plain(node, type);
        return node is null ? Value.NilPointer(NameOf(type)) : Value.Pointer(Plain(node, type));
    }

    /// <summary>A value of any kind, as JSON would be read.</summary>
    public static Value OfAny(Node? node) =>
        node switch
        {
            MappingNode map => Map(map, OfAny, "interface {}"),
            SequenceNode list => new TemplateList(list.Select(OfAny)),
            ScalarNode { Kind: ScalarKind.Text } text => text.Text,
            ScalarNode { Kind: ScalarKind.Boolean } truth => truth.Text == "true",
            ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } number => Float(number),
            _ => Value.Nil,
        };

    /// <summary>The tree that a value of a template stands for.</summary>
    public static Node ToNode(Value value) =>
        value.Kind switch
        {
            ValueKind.Nil or ValueKind.NilPointer => ScalarNode.Null(),
            ValueKind.Bool => ScalarNode.Of(value.AsBool()),
            ValueKind.String => ScalarNode.Of(value.AsString()),
            ValueKind.List => Trees.Tree.List(value.AsList().Select(ToNode)),
            ValueKind.Map => MapNode(value.AsMap()),
            ValueKind.Float32 or ValueKind.Float64 => new ScalarNode(
                ScalarKind.Float,
                value.AsDouble().ToString("R", CultureInfo.InvariantCulture)
            ),
            ValueKind.Object => value.AsObject() is SpecObject known
                ? known.Node.Clone()
                : throw new FormatException($"a value of type {value.TypeName} cannot be written"),
            _ => ScalarNode.Of(value.AsInt64()),
        };

    private static Value Plain(Node? node, FieldType type) =>
        type.Kind switch
        {
            FieldKind.Object => Value.Of(new SpecObject(node as MappingNode ?? new(), TypeOf(type.TypeName!))),
            FieldKind.List => new TemplateList((node as SequenceNode ?? []).Select(item => Of(item, type.Element!)), NameOf(type.Element!)),
            FieldKind.Map => Map(node as MappingNode, item => Of(item, type.Element!), NameOf(type.Element!)),
            FieldKind.Any => OfAny(node),
            FieldKind.Boolean => (node as ScalarNode)?.Text == "true",
            FieldKind.Int32 => Value.OfInt32((int)Number(node)),
            FieldKind.Int64 => Value.OfInt(Number(node)),
            FieldKind.Float => Float(node as ScalarNode),
            FieldKind.Duration when node is null => "0s",
            FieldKind.Quantity when node is null => "0",
            _ => (node as ScalarNode)?.Text ?? string.Empty,
        };

    private static Value Map(MappingNode? node, Func<Node, Value> value, string elementType)
    {
        var map = new TemplateMap(elementType);
        foreach (var (name, item) in node ?? [])
            map[name] = value(item);
        return map;
    }

    private static MappingNode MapNode(TemplateMap map)
    {
        var node = new MappingNode();
        foreach (var (name, value) in map)
            node[name] = ToNode(value);
        return node;
    }

    private static long Number(Node? node) => node is ScalarNode scalar ? long.Parse(scalar.Text, CultureInfo.InvariantCulture) : 0;

    private static double Float(ScalarNode? node) => node is null ? 0 : double.Parse(node.Text, CultureInfo.InvariantCulture);

    private static TypeSchema TypeOf(string name) =>
        Schema.Find(name) ?? throw new FormatException($"the schema of {Schema.Version} has no type {name}");

    private static string NameOf(FieldType type) =>
        type.Kind switch
        {
            FieldKind.Boolean => "bool",
            FieldKind.Int32 => "int32",
            FieldKind.Int64 => "int",
            FieldKind.Float => "float64",
            FieldKind.Object => Package + type.TypeName,
            FieldKind.List => "[]" + NameOf(type.Element!),
            FieldKind.Map => "map[string]" + NameOf(type.Element!),
            FieldKind.Any => "interface {}",
            _ => "string",
        };
}
