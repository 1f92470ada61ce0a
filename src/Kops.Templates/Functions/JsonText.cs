using System.Globalization;
using System.Text;
using Kops.Templates.Faults;
using Kops.Templates.Formatting;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>Values as Go's <c>encoding/json</c> writes them.</summary>
internal sealed class JsonText
{
    private readonly TextBuffer _output;
    private readonly JsonStyle _style;

    private JsonText(TextBuffer output, JsonStyle style) => (_output, _style) = (output, style);

    public static void Write(TextBuffer output, Value value, JsonStyle style) => new JsonText(output, style).Value(value, 0);

    /// <summary>Whether JSON can say this: it knows no functions, infinities and numbers that are none.</summary>
    public static bool CanWrite(Value value) => CanWrite(value, 0);

    private static bool CanWrite(Value value, int depth)
    {
        StackGuard.Check(depth);
        return value.Kind switch
        {
            ValueKind.Float32 or ValueKind.Float64 => double.IsFinite(value.Float),
            ValueKind.Function or ValueKind.Sequence => false,
            ValueKind.List => value.List.All(item => CanWrite(item, depth + 1)),
            ValueKind.Map => value.Map.All(pair => CanWrite(pair.Value, depth + 1)),
            _ => true,
        };
    }

    private void Value(Value value, int depth)
    {
        StackGuard.Check(depth);
        switch (value.Kind)
        {
            case ValueKind.Nil or ValueKind.NilPointer:
                _output.Append("null");
                break;
            case ValueKind.Bool:
                _output.Append(value.Truth ? "true" : "false");
                break;
            case ValueKind.String:
                Quote(value.Text);
                break;
            case ValueKind.Float32 or ValueKind.Float64:
                if (!double.IsFinite(value.Float))
                    throw new FunctionException($"json: unsupported value: {FloatText.Format(value.Float, 'g')}");
                _output.Append(FloatText.Json(value.Float, value.Kind == ValueKind.Float32));
                break;
            case ValueKind.List:
                List(value.List, depth);
                break;
            case ValueKind.Map:
                Fields([.. value.Map], depth);
                break;
            case ValueKind.Object when value.Object.Text is { } text:
                Quote(text);
                break;
            case ValueKind.Object:
                Fields([.. FieldsOf(value.Object)], depth);
                break;
            case ValueKind.Function or ValueKind.Sequence:
                throw new FunctionException($"json: unsupported type: {value.TypeName}");
            default:
                if (value.IsUnsigned)
                    _output.Append(value.Unsigned);
                else
                    _output.Append(value.Signed);
                break;
        }
    }

    private static IEnumerable<KeyValuePair<string, Value>> FieldsOf(ITemplateObject value)
    {
        foreach (var name in value.FieldNames)
        {
            if (value.TryGetField(name, out var field))
                yield return KeyValuePair.Create(name, field);
        }
    }

    private void List(TemplateList list, int depth)
    {
        if (list.Count == 0)
        {
            _output.Append("[]");
            return;
        }

        _output.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                _output.Append(',');
            Line(depth + 1);
            Value(list[i], depth + 1);
        }

        Line(depth);
        _output.Append(']');
    }

    private void Fields(KeyValuePair<string, Value>[] fields, int depth)
    {
        if (fields.Length == 0)
        {
            _output.Append("{}");
            return;
        }

        _output.Append('{');
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                _output.Append(',');
            Line(depth + 1);
            Quote(fields[i].Key);
            _output.Append(_style == JsonStyle.Indented ? ": " : ":");
            Value(fields[i].Value, depth + 1);
        }

        Line(depth);
        _output.Append('}');
    }

    private void Line(int depth)
    {
        if (_style != JsonStyle.Indented)
            return;
        _output.Append('\n');
        _output.Append(' ', 2 * depth);
    }

    private void Quote(string text)
    {
        _output.Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            if (Escape(rune) is { } escape)
                _output.Append(escape);
            else
                _output.Append(rune);
        }

        _output.Append('"');
    }

    private string? Escape(Rune rune) =>
        rune.Value switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => @"\b",
            '\f' => @"\f",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            '<' or '>' or '&' when _style == JsonStyle.Raw => null,
            < ' ' or '<' or '>' or '&' or 0x2028 or 0x2029 => @"\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
            _ => null,
        };
}
