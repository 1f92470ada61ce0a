using System.Text;
using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Codec;

/// <summary>
/// Writes JSON as Go's <c>encoding/json </c> does: on one line, fields in the schema's order, <c>&lt; </c>, <c>&gt; </c> and <c>&amp; </c>
/// escaped.
/// </summary>
internal sealed class JsonText(ApiSchema schema)
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds an object of a type; fields that the type does not know come last, in order of their names.</summary>
    public void Object(MappingNode node, TypeSchema type)
    {
        var separator = '{';
        foreach (var field in type.Fields)
        {
            if (node[field.Name] is { } value)
                Field(ref separator, field.Name, value, field.Type);
        }

        foreach (var name in node.Keys.Where(name => type.Find(name) is null).Order(StringComparer.Ordinal))
            Field(ref separator, name, node[name], null);
        Raw(separator == '{' ? "{}" : "}");
    }

    public void Raw(string text) => _text.Append(text);

    public override string ToString() => _text.ToString();

    private void Field(ref char separator, string name, Node value, FieldType? type)
    {
        _text.Append(separator);
        separator = ',';
        Quoted(name);
        _text.Append(':');
        Value(value, type);
    }

    private void Value(Node node, FieldType? type)
    {
        switch (node)
        {
            case MappingNode mapping when type is { Kind: FieldKind.Object }:
                Object(mapping, schema.TypeOf(type));
                break;
            case MappingNode mapping:
                var separator = '{';
                foreach (var name in mapping.Keys.Order(StringComparer.Ordinal))
                    Field(ref separator, name, mapping[name], type?.Element);
                Raw(separator == '{' ? "{}" : "}");
                break;
            case SequenceNode sequence:
                var comma = '[';
                foreach (var item in sequence)
                {
                    _text.Append(comma);
                    comma = ',';
                    Value(item, type?.Element);
                }

                Raw(comma == '[' ? "[]" : "]");
                break;
            case ScalarNode { Kind: ScalarKind.Text } text:
                Quoted(text.Text);
                break;
            case ScalarNode { Kind: ScalarKind.Null }:
                Raw("null");
                break;
            case ScalarNode scalar:
                Raw(scalar.Text);
                break;
        }
    }

    private void Quoted(string text)
    {
        _text.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var current = text[i];
            if (char.IsSurrogate(current))
            {
                if (char.IsHighSurrogate(current) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    _text.Append(current).Append(text[++i]);
                else
                    _text.Append("\\ufffd");
                continue;
            }

            _ = current switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => _text
                    .Append("\\u")
                    .Append(((int)current).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => _text.Append(current),
            };
        }

        _text.Append('"');
    }
}
