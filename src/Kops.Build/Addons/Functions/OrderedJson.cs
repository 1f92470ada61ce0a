using System.Globalization;
using System.Text;
using Kops.Api.Documents;

namespace Kops.Build.Addons.Functions;

/// <summary>Writes JSON as Go does a struct: fields in the order in which they were added.</summary>
internal sealed class OrderedJson
{
    private readonly StringBuilder _text = new();
    private readonly bool _isIndented;
    private int _depth;

    private OrderedJson(bool isIndented) => _isIndented = isIndented;

    /// <summary>On one line, with the signs of HTML escaped.</summary>
    public static string Write(Node node) => Write(node, isIndented: false);

    /// <summary>With line breaks, and the signs of HTML as they are.</summary>
    public static string WriteIndented(Node node) => Write(node, isIndented: true);

    private static string Write(Node node, bool isIndented)
    {
        var writer = new OrderedJson(isIndented);
        writer.Value(node);
        return writer._text.ToString();
    }

    private void Value(Node node)
    {
        switch (node)
        {
            case MappingNode map:
                Items('{', '}', map, Field);
                break;
            case SequenceNode list:
                Items<Node>('[', ']', list, Value);
                break;
            case ScalarNode { Kind: ScalarKind.Text } scalar:
                Text(scalar.Text);
                break;
            case ScalarNode { Kind: ScalarKind.Null }:
                _text.Append("null");
                break;
            default:
                _text.Append(node);
                break;
        }
    }

    private void Items<T>(char open, char close, IReadOnlyCollection<T> items, Action<T> write)
    {
        _text.Append(open);
        _depth++;
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                _text.Append(',');
            isFirst = false;
            Break();
            write(item);
        }

        _depth--;
        if (items.Count > 0)
            Break();
        _text.Append(close);
    }

    private void Break()
    {
        if (_isIndented)
            _text.Append('\n').Append(' ', 2 * _depth);
    }

    private void Field(KeyValuePair<string, Node> field)
    {
        Text(field.Key);
        _text.Append(_isIndented ? ": " : ":");
        Value(field.Value);
    }

    private void Text(string value)
    {
        _text.Append('"');
        foreach (var current in value)
        {
            _ = current switch
            {
                '"' or '\\' => _text.Append('\\').Append(current),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '<' or '>' or '&' when _isIndented => _text.Append(current),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => _text
                    .Append("\\u")
                    .Append(((int)current).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _text.Append(current),
            };
        }

        _text.Append('"');
    }
}
