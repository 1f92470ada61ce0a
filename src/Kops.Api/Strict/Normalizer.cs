using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>
/// Gives a tree the form that it has after Go has decoded it to its types and encoded it again: zero values are left out where the
/// type says so and put in where it says that, scalars are canonical. Fields that the schema does not know stay as they are.
/// </summary>
internal sealed class Normalizer(ApiSchema schema)
{
    /// <summary>Changes an object in place.</summary>
    public void Object(MappingNode node, TypeSchema type)
    {
        // From the end: a field may be taken away.
        for (var i = node.Count - 1; i >= 0; i--)
        {
            var (name, value, position) = node.Fields[i];
            if (type.Find(name) is not { } field)
                continue;
            var normal = Value(value, field.Type);
            if (normal is null && field.IsAlways)
                normal = Empty(field.Type);
            if (ReferenceEquals(normal, value))
                continue;
            if (normal is null)
                node.Remove(name);
            else
                node.Set(name, normal, position);
        }

        foreach (var field in type.AlwaysWritten)
        {
            if (!node.Has(field.Name))
                node[field.Name] = Empty(field.Type);
        }
    }

    // The value as it is written, or null where it is the zero value, which a field need not hold.
    private Node? Value(Node node, FieldType type)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Null }:
                return null;
            case ScalarNode scalar when type.Kind != FieldKind.Any:
                // What the kind does not accept is the check's to report.
                var canonical = FieldScalar.Canonical(type.Kind, scalar) ?? scalar;
                return !type.IsPointer && FieldScalar.IsZero(type.Kind, canonical) ? null : canonical;
            case MappingNode mapping when type.Kind == FieldKind.Object:
                Object(mapping, schema.TypeOf(type));
                return mapping;
            case MappingNode mapping when type.Kind == FieldKind.Map:
                for (var i = 0; i < mapping.Count; i++)
                {
                    var (name, value, position) = mapping.Fields[i];
                    var item = Value(value, type.Element!) ?? Zero(value, type.Element!);
                    if (!ReferenceEquals(item, value))
                        mapping.Set(name, item, position);
                }

                return mapping.Count > 0 || type.IsPointer ? mapping : null;
            case SequenceNode sequence when type.Kind == FieldKind.List:
                for (var i = 0; i < sequence.Count; i++)
                    sequence[i] = Value(sequence[i], type.Element!) ?? Zero(sequence[i], type.Element!);
                return sequence.Count > 0 || type.IsPointer ? sequence : null;
            default:
                return node;
        }
    }

    // An item keeps its zero value, and a null becomes one.
    private Node Zero(Node node, FieldType type) => node is ScalarNode { Kind: ScalarKind.Null } ? Empty(type) : node;

    private Node Empty(FieldType type)
    {
        if (type.IsPointer)
            return ScalarNode.Null();
        switch (type.Kind)
        {
            case FieldKind.Object:
                var made = new MappingNode();
                Object(made, schema.TypeOf(type));
                return made;
            case FieldKind.Text:
                return ScalarNode.Of(string.Empty);
            case FieldKind.Boolean:
                return ScalarNode.Of(false);
            case FieldKind.Int32 or FieldKind.Int64 or FieldKind.Float or FieldKind.IntOrString:
                return ScalarNode.Of(0);
            case FieldKind.Quantity:
                return ScalarNode.Of("0");
            case FieldKind.Duration:
                return ScalarNode.Of("0s");
            default:
                return ScalarNode.Null();
        }
    }
}
