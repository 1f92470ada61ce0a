using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>Holds a document against the schema: fields that it does not have, and values of the wrong type.</summary>
internal sealed class SchemaCheck
{
    private readonly ApiSchema _schema;
    private readonly TypeSchema _kind;
    private readonly PathTrail _path = new();
    private readonly List<Problem> _unknown = [];
    private readonly List<Problem> _wrong = [];

    private readonly bool _dropsUnknownFields;

    private SchemaCheck(ApiSchema schema, TypeSchema kind, bool dropsUnknownFields) =>
        (_schema, _kind, _dropsUnknownFields) = (schema, kind, dropsUnknownFields);

    /// <summary>All problems of a document, each with its place. Unknown fields are no problem where they are to be dropped; they are then gone.</summary>
    public static (IReadOnlyList<Problem> UnknownFields, IReadOnlyList<Problem> WrongValues) Of(
        MappingNode root, ApiSchema schema, TypeSchema kind, bool dropUnknownFields)
    {
        var check = new SchemaCheck(schema, kind, dropUnknownFields);
        check.Object(root, kind);
        return (check._unknown, check._wrong);
    }

    private void Object(MappingNode node, TypeSchema type)
    {
        // From the end: a field may be taken away. The problems are put in order later.
        for (var i = node.Count - 1; i >= 0; i--)
        {
            var (name, value, position) = node.Fields[i];
            _path.Enter(PathSegment.Field(name));
            if (type.Find(name) is { } field) Value(value, field.Type);
            else if (_dropsUnknownFields) node.Remove(name);
            else _unknown.Add(new(_path.ToString(), Unknown(name, type), position));
            _path.Leave();
        }
    }

    private void Value(Node node, FieldType type)
    {
        switch (node)
        {
            case ScalarNode { Kind: ScalarKind.Null }:
            case var _ when type.Kind == FieldKind.Any:
            case ScalarNode scalar when FieldScalar.Canonical(type.Kind, scalar) is not null:
                break;
            case MappingNode mapping when type.Kind == FieldKind.Object:
                Object(mapping, _schema.TypeOf(type));
                break;
            case MappingNode mapping when type.Kind == FieldKind.Map:
                foreach (var (name, value, _) in mapping.Fields)
                {
                    _path.Enter(PathSegment.Key(name));
                    Value(value, type.Element!);
                    _path.Leave();
                }

                break;
            case SequenceNode sequence when type.Kind == FieldKind.List:
                for (var i = 0; i < sequence.Count; i++)
                {
                    _path.Enter(PathSegment.At(i));
                    Value(sequence[i], type.Element!);
                    _path.Leave();
                }

                break;
            default:
                _wrong.Add(new(_path.ToString(), $"expected {FieldScalar.Expected(type.Kind)}, found {Found(node)}{Cure(node, type)}", node.Position));
                break;
        }
    }

    private static string Found(Node node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        ScalarNode { Kind: ScalarKind.Text } text => $"the text \"{Short(text.Text)}\"",
        ScalarNode { Kind: ScalarKind.Boolean } truth => truth.Text,
        _ => $"the number {node}",
    };

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static string Cure(Node node, FieldType type) => (node, type.Kind) switch
    {
        (ScalarNode { Kind: not ScalarKind.Text }, FieldKind.Text) => "; put it in quotes",
        (ScalarNode { Kind: ScalarKind.Text }, FieldKind.Boolean or FieldKind.Int32 or FieldKind.Int64 or FieldKind.Float) => "; write it without quotes",
        (not SequenceNode, FieldKind.List) => "; start each item with '- '",
        _ => string.Empty,
    };

    private string Unknown(string name, TypeSchema type)
    {
        var near = Suggest.Nearest(name, type.Fields.Select(field => field.Name));
        var places = new FieldPlaces(_schema, _kind).Of(name);
        var hint = (near, places) switch
        {
            ({ } meant, _) when meant.Equals(name, StringComparison.OrdinalIgnoreCase) => $"; did you mean '{meant}'?",
            (_, [var only]) => $"; it belongs at {only}",
            ({ } meant, _) => $"; did you mean '{meant}'?",
            (_, { Count: 2 or 3 }) => $"; there is one at {string.Join(" and at ", places)}",
            _ => string.Empty,
        };
        return $"no such field{hint}";
    }
}
