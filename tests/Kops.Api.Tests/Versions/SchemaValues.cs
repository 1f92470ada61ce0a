using CsCheck;
using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Tests.Versions;

/// <summary>Every field of a kind that holds a value itself, and values for it that are written as they are read.</summary>
internal static class SchemaValues
{
    public const string Item = "[]";
    private const string Key = "[KEY]";
    private static readonly string[] Roles = ["Node", "Bastion", "APIServer"];
    private static readonly string[] Clouds = ["aws", "azure", "digitalocean", "gce", "hetzner", "openstack", "scaleway", "linode"];

    /// <summary>The fields of the kind's spec.</summary>
    public static IEnumerable<(string[] Path, Gen<Node> Value)> Of(ApiSchema schema, string kind)
    {
        var spec = schema.Find(kind)!.Find("spec")!;
        return Fields(schema, ["spec"], spec);
    }

    /// <summary>A document in which nothing but one field is set.</summary>
    public static MappingNode Document(ApiSchema schema, string kind, string[] path, Node value)
    {
        var root = new MappingNode { ["apiVersion"] = ScalarNode.Of($"kops.k8s.io/{schema.Version}"), ["kind"] = ScalarNode.Of(kind) };
        Node at = root;
        for (var i = 0; i < path.Length; i++)
        {
            var next =
                i == path.Length - 1 ? value
                : path[i + 1] == Item ? new SequenceNode()
                : new MappingNode();
            if (at is SequenceNode list)
                list.Add(next);
            else
                ((MappingNode)at)[path[i] == Key ? "a-key" : path[i]] = next;
            at = next;
        }

        return root;
    }

    private static IEnumerable<(string[] Path, Gen<Node> Value)> Fields(ApiSchema schema, string[] path, FieldSchema field)
    {
        var type = field.Type;
        while (type.Element is { } element)
        {
            path = [.. path, type.Kind == FieldKind.List ? Item : Key];
            type = element;
        }

        if (type.Kind != FieldKind.Object)
            return [(path, Values(path, field, type))];
        var inner = schema.TypeOf(type);
        return inner.Fields.Count == 0
            ? [(path, Gen.Const<Node>(() => new MappingNode()))]
            : inner.Fields.SelectMany(each => Fields(schema, [.. path, each.Name], each));
    }

    private static Gen<Node> Values(string[] path, FieldSchema field, FieldType type)
    {
        var name = field.Name;
        if (field.OneOf.Count > 0)
            return OneOf(field.OneOf);
        if (name is "role" or "roles")
            return OneOf(Roles);
        if (path is ["spec", "cloudProvider"])
            return OneOf(Clouds);
        if (name == "oidcRequiredClaim")
            return Texts(Gen.Int[0, 99].Select(number => $"a-key=x={number}"));
        return type.Kind switch
        {
            FieldKind.Text => Texts(Gen.String[Gen.Char.AlphaNumeric, 1, 9]),
            FieldKind.Boolean when type.IsPointer => Gen.Bool.Select(Node (value) => ScalarNode.Of(value)),
            FieldKind.Boolean => Gen.Const<Node>(() => ScalarNode.Of(true)),
            FieldKind.Int32 or FieldKind.Int64 or FieldKind.IntOrString or FieldKind.Float => Gen.Int[type.IsPointer ? 0 : 1, 99]
                .Select(Node (value) => ScalarNode.Of(value)),
            FieldKind.Quantity => Texts(Gen.Int[1, 999].Select(value => $"{value}m")),
            FieldKind.Duration => Texts(Gen.Int[1, 59].Select(value => $"{value}s")),
            FieldKind.Time => Texts(Gen.Int[10, 59].Select(value => $"2026-01-02T03:04:{value}Z")),
            FieldKind.Bytes => Texts(Gen.Byte.Array[1, 9].Select(Convert.ToBase64String)),
            _ => Texts(Gen.String[Gen.Char.AlphaNumeric, 1, 9]),
        };
    }

    private static Gen<Node> OneOf(IReadOnlyList<string> texts) => Texts(Gen.Int[0, texts.Count - 1].Select(index => texts[index]));

    private static Gen<Node> Texts(Gen<string> texts) => texts.Select(Node (text) => ScalarNode.Of(text));
}
