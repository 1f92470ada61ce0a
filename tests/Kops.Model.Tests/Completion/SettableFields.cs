using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Model.Tests.Completion;

/// <summary>Every field of a kind that holds a value itself, with values for it that no default has.</summary>
internal static class SettableFields
{
    public const string Item = "[]";
    public const string Key = "[KEY]";

    /// <summary>The fields of an object's spec, in the schema's order.</summary>
    public static IEnumerable<(string[] Path, Node[] Values)> Of(string kind) =>
        Fields(["spec"], ApiSchema.V1Alpha2.Find(kind)!.Find("spec")!);

    /// <summary>Sets a value, in the first item of lists.</summary>
    public static void Set(MappingNode root, IReadOnlyList<string> path, Node value)
    {
        Node at = root;
        for (var i = 0; i < path.Count; i++)
        {
            var isLast = i == path.Count - 1;
            var next =
                isLast ? value
                : Below(at, path[i]) is { } found and not ScalarNode ? found
                : Empty(path[i + 1]);
            if (at is not SequenceNode list)
                ((MappingNode)at)[Name(path[i])] = next;
            else if (list.Count == 0)
                list.Add(next);
            else
                list[0] = next;
            at = next;
        }
    }

    /// <summary>What stands there; null where nothing does.</summary>
    public static Node? Get(MappingNode root, IReadOnlyList<string> path) =>
        path.Aggregate((Node?)root, (at, step) => at is null ? null : Below(at, step));

    private static Node? Below(Node at, string step) =>
        at switch
        {
            SequenceNode list => list.Count > 0 ? list[0] : null,
            MappingNode mapping => mapping[Name(step)],
            _ => null,
        };

    private static string Name(string step) => step == Key ? "a-key" : step;

    private static Node Empty(string step) => step == Item ? new SequenceNode() : new MappingNode();

    private static IEnumerable<(string[] Path, Node[] Values)> Fields(string[] path, FieldSchema field)
    {
        var type = field.Type;
        while (type.Element is { } element)
        {
            path = [.. path, type.Kind == FieldKind.List ? Item : Key];
            type = element;
        }

        if (type.Kind != FieldKind.Object)
            return [(path, [.. Texts(path, field, type)])];
        var inner = ApiSchema.V1Alpha2.TypeOf(type);
        return inner.Fields.Count == 0
            ? [(path, [new MappingNode()])]
            : inner.Fields.SelectMany(each => Fields([.. path, each.Name], each));
    }

    private static IEnumerable<Node> Texts(string[] path, FieldSchema field, FieldType type)
    {
        if (field.OneOf.Count > 0)
            return field.OneOf.Select(ScalarNode.Of);
        var name = field.Name;
        string[]? special =
            name is "role" or "roles" ? ["Node", "Bastion", "APIServer"]
            : name == "oidcRequiredClaim" ? ["a-key=x"]
            : path is ["spec", "kubernetesVersion"] ? ["1.33.1", "1.36.0"]
            : path is ["spec", "cloudProvider"] ? ["aws", "hetzner"]
            : name is "nonMasqueradeCIDR" or "podCIDR" or "serviceClusterIPRange" or "networkCIDR" or "cidr" or "clusterCIDR"
                ? ["10.9.0.0/16"]
            : null;
        if (special is not null)
            return special.Select(ScalarNode.Of);
        return type.Kind switch
        {
            FieldKind.Boolean when type.IsPointer => [ScalarNode.Of(true), ScalarNode.Of(false)],
            FieldKind.Boolean => [ScalarNode.Of(true)],
            FieldKind.Int32 or FieldKind.Int64 or FieldKind.IntOrString or FieldKind.Float => [ScalarNode.Of(7)],
            FieldKind.Quantity => [ScalarNode.Of("7m")],
            FieldKind.Duration => [ScalarNode.Of("7s")],
            FieldKind.Time => [ScalarNode.Of("2026-01-02T03:04:05Z")],
            FieldKind.Bytes => [ScalarNode.Of("AAAA")],
            _ => [ScalarNode.Of("mine")],
        };
    }
}
