using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Schema;

namespace Kops.Api.Strict;

/// <summary>Holds a document against the schema: fields that it does not have, and values of the wrong type.</summary>
internal sealed class SchemaCheck
{
    // Enough to see what is wrong.
    private const int MostProblems = 100;

    private readonly ApiSchema _schema;
    private readonly TypeSchema _kind;
    private readonly PathTrail _path = new();
    private readonly List<Problem> _unknown = [];
    private readonly List<Problem> _wrong = [];

    private readonly UnknownFields _policy;

    private SchemaCheck(ApiSchema schema, TypeSchema kind, UnknownFields policy) => (_schema, _kind, _policy) = (schema, kind, policy);

    /// <summary>
    /// All problems of a document, each with its place. Unknown fields are no problem where they are to be dropped; they are then gone.
    /// </summary>
    public static (IReadOnlyList<Problem> UnknownFields, IReadOnlyList<Problem> WrongValues) Of(
        MappingNode root,
        ApiSchema schema,
        TypeSchema kind,
        UnknownFields policy
    )
    {
        var check = new SchemaCheck(schema, kind, policy);
        check.Object(root, kind);
        return (check._unknown, check._wrong);
    }

    private void Object(MappingNode node, TypeSchema type)
    {
        List<string>? dropped = null;
        foreach (var (name, value, position) in node.Fields)
        {
            _path.EnterField(name);
            if (type.Find(name) is { } field)
                Value(value, field.Type);
            else if (_policy == UnknownFields.Drop)
                (dropped ??= []).Add(name);
            else if (_unknown.Count < MostProblems)
                _unknown.Add(new(_path.ToString(), "no such field" + Guess(name, type), position) { IsUnknownField = true });
            _path.Leave();
        }

        if (dropped is not null)
            node.RemoveAll(dropped);
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
                    _path.EnterKey(name);
                    Value(value, type.Element!);
                    _path.Leave();
                }

                break;
            case SequenceNode sequence when type.Kind == FieldKind.List:
                for (var i = 0; i < sequence.Count; i++)
                {
                    _path.EnterItem(i);
                    Value(sequence[i], type.Element!);
                    _path.Leave();
                }

                break;
            default:
                if (_wrong.Count == MostProblems)
                    break;
                _wrong.Add(
                    new(
                        _path.ToString(),
                        $"expected {FieldScalar.Expected(type.Kind)}, found {Found(node)}{Cure(node, type)}",
                        node.Position
                    )
                );
                break;
        }
    }

    private static string Found(Node node) =>
        node switch
        {
            MappingNode => "a mapping",
            SequenceNode => "a list",
            ScalarNode { Kind: ScalarKind.Text } text => $"the text \"{Short(text.Text)}\"",
            ScalarNode { Kind: ScalarKind.Boolean } truth => truth.Text,
            _ => $"the number {node}",
        };

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static string Cure(Node node, FieldType type) =>
        (node, type.Kind) switch
        {
            (ScalarNode { Kind: not ScalarKind.Text }, FieldKind.Text) => "; put it in quotes",
            (ScalarNode { Kind: ScalarKind.Text }, FieldKind.Boolean or FieldKind.Int32 or FieldKind.Int64 or FieldKind.Float) =>
                "; write it without quotes",
            (not SequenceNode, FieldKind.List) => "; start each item with '- '",
            _ => string.Empty,
        };

    private string Guess(string name, TypeSchema type)
    {
        if (_policy != UnknownFields.Guess)
            return string.Empty;
        var near = Suggest.Nearest(name, type.Fields.Select(field => field.Name));
        var places = new FieldPlaces(_schema, _kind).Of(name);
        return (near, places) switch
        {
            ({ } meant, _) when meant.Equals(name, StringComparison.OrdinalIgnoreCase) => $"; did you mean '{meant}'?",
            (_, [var only]) => $"; it belongs at {only}",
            ({ } meant, _) => $"; did you mean '{meant}'?",
            (_, { Count: 2 or 3 }) => $"; there is one at {string.Join(" and at ", places)}",
            _ => string.Empty,
        };
    }
}
