using System.Globalization;
using System.Text;
using Kops.Api.Documents;
using Kops.Api.Values;

namespace Kops.Api.Yaml;

/// <summary>
/// Writes a tree as sigs.k8s.io/yaml does, to the byte: keys in go-yaml's order, its quoting, folding and block scalars.
/// </summary>
/// <remarks>
/// The rules are libyaml's, and its state is kept: the column, whether white space came last, and whether the line so far is
/// nothing but indentation and indicators, in which case a collection starts on the same line (<c>- a: 1</c>, <c>- - b</c>).
/// </remarks>
public sealed class YamlWriter
{
    private const int Step = 2;
    private const int Width = 80;
    private const int LongestSimpleKey = 128;

    private readonly StringBuilder _text = new();
    private int _column;
    private bool _afterBlank = true;
    private bool _onlyIndented = true;

    private YamlWriter() { }

    /// <summary>The tree as one YAML document, which ends with a line break.</summary>
    public static string Write(Node value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var writer = new YamlWriter();
        writer.Value(value, -1, inMapping: false);
        writer.Indent(0);
        return writer._text.ToString();
    }

    private void Value(Node node, int indent, bool inMapping)
    {
        switch (node)
        {
            case MappingNode mapping:
                Mapping(mapping, indent);
                break;
            case SequenceNode sequence:
                Sequence(sequence, indent, inMapping);
                break;
            case ScalarNode { Kind: ScalarKind.Text } text:
                Text(text.Text, indent, isKey: false);
                break;
            case ScalarNode scalar:
                Plain(Token(scalar), indent, canFold: false);
                break;
        }
    }

    private void Mapping(MappingNode mapping, int parent)
    {
        if (mapping.Count == 0)
        {
            Indicator("{}", spaceBefore: true);
            return;
        }

        var indent = parent < 0 ? 0 : parent + Step;
        var fields = mapping.Fields;
        foreach (var index in KeyOrder.Of(fields))
        {
            var (key, value, _) = fields[index];
            Indent(indent);
            if (IsSimpleKey(key))
            {
                Text(key, indent, isKey: true);
                Indicator(":", spaceBefore: false);
            }
            else
            {
                Indicator("?", spaceBefore: true, keepsIndentation: true);
                Text(key, indent, isKey: false);
                Indent(indent);
                Indicator(":", spaceBefore: true, keepsIndentation: true);
            }

            Value(value, indent, inMapping: true);
        }
    }

    private void Sequence(SequenceNode sequence, int parent, bool inMapping)
    {
        if (sequence.Count == 0)
        {
            Indicator("[]", spaceBefore: true);
            return;
        }

        var indent =
            inMapping && !_onlyIndented ? parent
            : parent < 0 ? 0
            : parent + Step;
        foreach (var item in sequence)
        {
            Indent(indent);
            Indicator("-", spaceBefore: true, keepsIndentation: true);
            Value(item, indent, inMapping: false);
        }
    }

    private static bool IsSimpleKey(string key) =>
        key.Length <= LongestSimpleKey && Encoding.UTF8.GetByteCount(key) <= LongestSimpleKey && !ScalarTraits.Of(key).HasBreaks;

    // JSON's number as go-yaml would read and write it.
    private static string Token(ScalarNode scalar) =>
        scalar.Kind switch
        {
            ScalarKind.Null => "null",
            ScalarKind.Boolean => scalar.Text,
            ScalarKind.Integer when scalar.Text.Length < 19 => scalar.Text,
            ScalarKind.Integer when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
                scalar.Text,
            ScalarKind.Integer when ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _) => scalar.Text,
            _ => double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? GoNumber.ForYaml(value)
                : scalar.Text,
        };

    private void Text(string text, int parent, bool isKey)
    {
        var traits = ScalarTraits.Of(text);
        var indent = parent < 0 ? Step : parent + Step;
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            if (traits.IsBlockAllowed && !isKey)
                Literal(text, indent);
            else
                DoubleQuoted(text, indent, !isKey);
        }
        else if (!PlainScalar.IsText(text) || (traits.HasBreaks && isKey))
        {
            DoubleQuoted(text, indent, !isKey);
        }
        else if (traits.IsPlainAllowed)
        {
            Plain(text, indent, !isKey);
        }
        else if (traits.IsSingleQuotedAllowed)
        {
            SingleQuoted(text, indent, !isKey);
        }
        else
        {
            DoubleQuoted(text, indent, !isKey);
        }
    }

    private void Plain(string text, int indent, bool canFold)
    {
        if (!_afterBlank)
            Put(' ');
        if (canFold && _column + text.Length > Width)
            Folded(text, indent);
        else
            Put(text);
        (_afterBlank, _onlyIndented) = (false, false);
    }

    // Folds at a single space beyond the width.
    private void Folded(string text, int indent)
    {
        var afterSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = text[i] == ' ';
            if (isSpace && !afterSpace && _column > Width && text[i + 1] != ' ')
                Indent(indent);
            else
                Put(text[i]);
            if (!isSpace)
                _onlyIndented = false;
            afterSpace = isSpace;
        }
    }

    private void SingleQuoted(string text, int indent, bool canFold)
    {
        Indicator("'", spaceBefore: true);
        bool afterSpace = false,
            afterBreak = false;
        for (var i = 0; i < text.Length; i++)
        {
            var current = text[i];
            if (current == ' ')
            {
                if (canFold && !afterSpace && _column > Width && i > 0 && i < text.Length - 1 && text[i + 1] != ' ')
                    Indent(indent);
                else
                    Put(' ');
                afterSpace = true;
            }
            else if (ScalarTraits.IsBreak(current))
            {
                Break(current);
                afterBreak = true;
            }
            else
            {
                if (afterBreak)
                    Indent(indent);
                if (current == '\'')
                    Put('\'');
                Put(current);
                (_onlyIndented, afterSpace, afterBreak) = (false, false, false);
            }
        }

        Indicator("'", spaceBefore: false);
    }

    private void DoubleQuoted(string text, int indent, bool canFold)
    {
        Indicator("\"", spaceBefore: true);
        // go-yaml looks for a byte order mark at the start instead of at each character, and then escapes them all.
        var escapesAll = text.StartsWith('\uFEFF');
        var afterSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var current = text[i];
            if (escapesAll || current is '"' or '\\' || !ScalarTraits.IsPrintable(current) || ScalarTraits.IsBreak(current))
            {
                if (char.IsHighSurrogate(current) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    Put("\\U" + char.ConvertToUtf32(current, text[++i]).ToString("X8", CultureInfo.InvariantCulture));
                else if (char.IsSurrogate(current))
                    Put('\ufffd');
                else
                    Put(Escaped(current));
                afterSpace = false;
            }
            else if (current == ' ')
            {
                if (canFold && !afterSpace && _column > Width && i > 0 && i < text.Length - 1)
                {
                    Indent(indent);
                    if (text[i + 1] == ' ')
                        Put('\\');
                }
                else
                {
                    Put(' ');
                }

                afterSpace = true;
            }
            else
            {
                Put(current);
                afterSpace = false;
            }
        }

        Indicator("\"", spaceBefore: false);
    }

    private static string Escaped(char value) =>
        value switch
        {
            '\0' => "\\0",
            '\a' => "\\a",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\v' => "\\v",
            '\f' => "\\f",
            '\r' => "\\r",
            '\u001b' => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u0085' => "\\N",
            '\u00a0' => "\\_",
            '\u2028' => "\\L",
            '\u2029' => "\\P",
            <= '\u00ff' => "\\x" + ((int)value).ToString("X2", CultureInfo.InvariantCulture),
            _ => "\\u" + ((int)value).ToString("X4", CultureInfo.InvariantCulture),
        };

    private void Literal(string text, int indent)
    {
        var first = text[0] == ' ' || ScalarTraits.IsBreak(text[0]) ? "2" : string.Empty;
        var last =
            !ScalarTraits.IsBreak(text[^1]) ? "-"
            : text.Length == 1 || ScalarTraits.IsBreak(text[^2]) ? "+"
            : string.Empty;
        Indicator("|" + first + last, spaceBefore: true);
        Break('\n');
        _afterBlank = true;
        var afterBreak = true;
        foreach (var current in text)
        {
            if (ScalarTraits.IsBreak(current))
            {
                Break(current);
                afterBreak = true;
            }
            else
            {
                if (afterBreak)
                    Indent(indent);
                Put(current);
                (_onlyIndented, afterBreak) = (false, false);
            }
        }
    }

    private void Indicator(string text, bool spaceBefore, bool keepsIndentation = false)
    {
        if (spaceBefore && !_afterBlank)
            Put(' ');
        Put(text);
        _afterBlank = false;
        _onlyIndented &= keepsIndentation;
    }

    private void Indent(int indent)
    {
        if (!_onlyIndented || _column > indent || (_column == indent && !_afterBlank))
            Break('\n');
        if (_column < indent)
        {
            _text.Append(' ', indent - _column);
            _column = indent;
        }

        (_afterBlank, _onlyIndented) = (true, true);
    }

    private void Break(char value)
    {
        _text.Append(value);
        _column = 0;
        _onlyIndented = true;
    }

    private void Put(char value)
    {
        _text.Append(value);
        _column++;
    }

    private void Put(string value)
    {
        _text.Append(value);
        _column += value.Length;
    }
}
