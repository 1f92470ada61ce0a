using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Model.Completion.Preparation;

/// <summary>
/// Takes away the fields that the schema does not know. They may stay in what the user wrote; machines are set up from the completed
/// spec, and must not meet what nobody here can vouch for (kOps drops them on reading).
/// </summary>
internal static class KnownFields
{
    public static void Keep(KopsObject value) => Keep(value.Node, value.Type);

    private static void Keep(MappingNode node, TypeSchema type)
    {
        foreach (var (name, value) in node.ToList())
        {
            if (type.Find(name) is { } field)
                Keep(value, field.Type);
            else
                node.Remove(name);
        }
    }

    private static void Keep(Node node, FieldType type)
    {
        switch (node)
        {
            case MappingNode mapping when type.Kind == FieldKind.Object:
                Keep(mapping, ApiSchema.V1Alpha2.TypeOf(type));
                break;
            case MappingNode mapping when type.Kind == FieldKind.Map:
                foreach (var value in mapping.Values)
                    Keep(value, type.Element!);
                break;
            case SequenceNode list when type.Kind == FieldKind.List:
                foreach (var item in list)
                    Keep(item, type.Element!);
                break;
        }
    }
}
