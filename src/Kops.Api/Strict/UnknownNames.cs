using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>
/// Hides the fields that a document's version does not know while it is converted: such a name can be the other version's for something
/// that it knows, and would come to mean that. They stay where they stand, under names that no version has.
/// </summary>
internal static class UnknownNames
{
    private const char Mark = '\0';

    /// <summary>Hides them.</summary>
    public static void Hide(MappingNode root, ApiSchema schema, TypeSchema kind) =>
        Objects(root, schema, kind, (node, type) => Rename(node, name => type!.Find(name) is null ? Mark + name : name));

    /// <summary>Shows them again in what the document has become. One that would mean something there is taken away.</summary>
    public static void Show(MappingNode root, ApiSchema schema, TypeSchema kind, Action<string, SourcePosition?> taken) =>
        Objects(
            root,
            schema,
            kind,
            (node, type) =>
                Rename(
                    node,
                    name =>
                    {
                        if (name is not [Mark, .. var hidden])
                            return name;
                        if (type?.Find(hidden) is null)
                            return hidden;
                        taken(hidden, node.NamePosition(name));
                        return null;
                    }
                )
        );

    private static void Rename(MappingNode node, Func<string, string?> rename)
    {
        foreach (var name in node.Keys.ToList())
        {
            if (rename(name) is var other && other == name)
                continue;
            var (value, position) = (node[name], node.NamePosition(name));
            node.Remove(name);
            if (other is not null)
                node.Set(other, value, position);
        }
    }

    // Every object, with its type; null below a field that the version does not know.
    private static void Objects(MappingNode node, ApiSchema schema, TypeSchema? type, Action<MappingNode, TypeSchema?> visit)
    {
        visit(node, type);
        foreach (var (name, value, _) in node.Fields)
        {
            if (name is not [Mark, ..])
                Values(value, schema, type?.Find(name)?.Type, visit);
        }
    }

    private static void Values(Node node, ApiSchema schema, FieldType? type, Action<MappingNode, TypeSchema?> visit)
    {
        switch (node, type?.Kind)
        {
            case (MappingNode mapping, FieldKind.Object):
                Objects(mapping, schema, schema.TypeOf(type!), visit);
                break;
            case (MappingNode mapping, FieldKind.Map):
                foreach (var (_, value, _) in mapping.Fields)
                    Values(value, schema, type!.Element, visit);
                break;
            case (SequenceNode list, FieldKind.List):
                foreach (var item in list)
                    Values(item, schema, type!.Element, visit);
                break;
        }
    }
}
