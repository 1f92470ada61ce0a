using System.Globalization;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Api.Schema;
using Kops.Api.Values;

namespace Kops.Api.Validation;

/// <summary>
/// A field of the object under examination, be it set or not: its value, its path and where problems with it are put down. Rules ask
/// for fields by name, and a name that the schema does not know is a mistake of the rule.
/// </summary>
internal sealed class Field
{
    private readonly Report _report;
    private readonly FieldType _type;
    private readonly SourcePosition? _near;

    private Field(Report report, FieldPath path, Node? node, FieldType type, SourcePosition? near) =>
        (_report, Path, Node, _type, _near) = (
            report,
            path,
            node is ScalarNode { Kind: ScalarKind.Null } ? null : node,
            type,
            node?.Position ?? near
        );

    public FieldPath Path { get; }

    public Node? Node { get; }

    /// <summary>Whether there is a value, be it empty.</summary>
    public bool IsSet => Node is not null;

    /// <summary>The text; null for none and for an empty one, which mean the same in kOps.</summary>
    public string? Text => Node is ScalarNode { Text.Length: > 0 } scalar ? scalar.Text : null;

    public bool IsTrue => Node is ScalarNode { Kind: ScalarKind.Boolean, Text: "true" };

    public bool IsFalse => Node is ScalarNode { Kind: ScalarKind.Boolean, Text: "false" };

    public long? Number =>
        Node is ScalarNode scalar && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>A length of time, in nanoseconds.</summary>
    public long? Duration => Text is { } text && GoDuration.TryParse(text, out var nanoseconds) ? nanoseconds : null;

    /// <summary>The items of a list.</summary>
    public IEnumerable<Field> Items =>
        Node is SequenceNode list ? list.Select((item, index) => Child(Path.At(index), item, _type.Element!)) : [];

    /// <summary>The values of a map by key.</summary>
    public IEnumerable<(string Key, Field Value)> Entries =>
        Node is MappingNode map ? map.Select(entry => (entry.Key, Child(Path.Key(entry.Key), entry.Value, _type.Element!))) : [];

    public int Count => Node is SequenceNode list ? list.Count : 0;

    /// <summary>A field of this object.</summary>
    public Field this[string name]
    {
        get
        {
            var field =
                ApiSchema.V1Alpha2.TypeOf(_type).Find(name)
                ?? throw new ArgumentException($"{_type.TypeName} has no field '{name}'", nameof(name));
            return Child(Path.Field(name), (Node as MappingNode)?[name], field.Type);
        }
    }

    public static Field Root(Report report, MappingNode root, TypeSchema type) =>
        new(
            report,
            FieldPath.Root,
            root,
            new FieldType(FieldKind.Object, isPointer: false, element: null, typeName: type.Name),
            root.Position
        );

    /// <summary>Puts a problem down.</summary>
    /// <param name="message">What is wrong and what would be right.</param>
    public void Fail(string message) => _report.Add(Path, message, _near);

    public void FailIf(bool condition, string message)
    {
        if (condition)
            Fail(message);
    }

    /// <summary>Puts a problem down when the value is set.</summary>
    public void Forbid(string message) => FailIf(IsSet, message);

    /// <summary>Puts a problem down when there is no value or an empty one; says whether there is one.</summary>
    public bool Require(string cure)
    {
        var isThere = Node is ScalarNode { Text.Length: > 0 } or MappingNode or SequenceNode { Count: > 0 };
        FailIf(!isThere, $"is required: {cure}");
        return isThere;
    }

    /// <summary>Puts a problem down when there is a value, and it is none of these.</summary>
    public void OneOf(params IReadOnlyCollection<string> values)
    {
        if (Text is { } text && !values.Contains(text))
            Fail(Unsupported(text, values));
    }

    /// <summary>The message about a word that is none of these.</summary>
    public static string Unsupported(string text, IReadOnlyCollection<string> values) =>
        $"'{text}' is not supported: use one of {string.Join(", ", values)}{Suggest.Hint(text, values)}";

    private Field Child(FieldPath path, Node? node, FieldType type) => new(_report, path, node, type, _near);
}
