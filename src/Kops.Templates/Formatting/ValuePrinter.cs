using System.Numerics;
using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Formatting;

/// <summary>
/// Values by verb, as Go's <c>fmt</c> prints them: <c>[a b]</c>, <c>map[a:1 b:2]</c>, <c>&lt;nil&gt;</c>, <c>%!d(string=x)</c>.
/// </summary>
internal static class ValuePrinter
{
    private const string Nothing = "<nil>";

    /// <summary><c>%v</c>.</summary>
    public static void Print(TextBuffer output, Value value)
    {
        if (value.IsString)
            output.Append(value.Text);
        else
            Print(output, value, 'v', default);
    }

    /// <summary><c>fmt.Sprintf("%v", value)</c>.</summary>
    public static string Text(Value value, int limit)
    {
        if (value.IsString)
            return value.Text;
        var output = new TextBuffer(limit);
        Print(output, value);
        return output.ToString();
    }

    public static void Print(TextBuffer output, Value value, char verb, in FormatSpec spec)
    {
        if (value.IsUntypedNil && verb is 'T' or 'v')
            FieldPrinter.Pad(output, Nothing, spec);
        else if (verb == 'T')
            FieldPrinter.Text(output, value.TypeName, spec);
        else if (verb == 'p' && (value.IsPointer || value.Kind is >= ValueKind.List and not ValueKind.Object))
            throw new FunctionException("addresses are not printed: %p has no meaning here");
        else
            Print(output, value, verb, spec, 0);
    }

    private static void Print(TextBuffer output, Value value, char verb, in FormatSpec spec, int depth)
    {
        StackGuard.Check(depth);
        if (value.IsPointer)
            Pointer(output, value, verb, spec, depth);
        else if (value.IsSigned || value.IsUnsigned)
            Integer(output, value, verb, spec);
        else if (value.IsFloat)
            Float(output, value, verb, spec);
        else
            switch (value.Kind)
            {
                case ValueKind.Nil when verb == 'v':
                    output.Append(spec.SharpV ? GoTypes.Any + "(nil)" : Nothing);
                    break;
                case ValueKind.NilPointer when verb == 'v':
                    FieldPrinter.Pad(output, spec.SharpV ? $"({value.TypeName})(nil)" : Nothing, spec);
                    break;
                case ValueKind.Bool when verb is 't' or 'v':
                    FieldPrinter.Pad(output, value.Truth ? "true" : "false", spec);
                    break;
                case ValueKind.String:
                    String(output, value, value.Text, verb, spec);
                    break;
                case ValueKind.List:
                    List(output, value.List, verb, spec, depth);
                    break;
                case ValueKind.Map:
                    Map(output, value.Map, verb, spec, depth);
                    break;
                case ValueKind.Object:
                    Object(output, value.Object, verb, spec, depth);
                    break;
                case ValueKind.Function or ValueKind.Sequence when verb == 'v':
                    throw new FunctionException($"a {value.TypeName} cannot be printed: call it, or range over it");
                default:
                    BadVerb(output, value, verb, spec);
                    break;
            }
    }

    private static void Integer(TextBuffer output, Value value, char verb, in FormatSpec spec)
    {
        var number = value.IsSigned ? new BigInteger(value.Signed) : new BigInteger(value.Unsigned);
        switch (verb)
        {
            case 'v' when spec.SharpV && value.IsUnsigned:
                var prefixed = spec;
                prefixed.Sharp = true;
                FieldPrinter.Integer(output, number, 16, 'v', prefixed);
                break;
            case 'v' when spec is { Width: null, Precision: null, Plus: false, Space: false }:
                if (value.IsSigned)
                    output.Append(value.Signed);
                else
                    output.Append(value.Unsigned);
                break;
            case 'v' or 'd':
                FieldPrinter.Integer(output, number, 10, verb, spec);
                break;
            case 'b':
                FieldPrinter.Integer(output, number, 2, verb, spec);
                break;
            case 'o' or 'O':
                FieldPrinter.Integer(output, number, 8, verb, spec);
                break;
            case 'x' or 'X':
                FieldPrinter.Integer(output, number, 16, verb, spec);
                break;
            case 'c':
                FieldPrinter.Pad(output, FieldPrinter.Character(value.Unsigned).ToString(), spec);
                break;
            case 'q':
                FieldPrinter.Pad(output, GoQuote.QuoteRune(FieldPrinter.Character(value.Unsigned), spec.Plus), spec);
                break;
            case 'U':
                FieldPrinter.Unicode(output, value.Unsigned, spec);
                break;
            default:
                BadVerb(output, value, verb, spec);
                break;
        }
    }

    private static void Float(TextBuffer output, Value value, char verb, in FormatSpec spec)
    {
        if (verb is 'v' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'b' or 'x' or 'X')
            FieldPrinter.Float(output, value.Float, verb, value.Kind == ValueKind.Float32, spec);
        else
            BadVerb(output, value, verb, spec);
    }

    private static void String(TextBuffer output, Value value, string text, char verb, in FormatSpec spec)
    {
        switch (verb)
        {
            case 'v' when spec.SharpV:
            case 'q':
                FieldPrinter.Quoted(output, text, spec);
                break;
            case 'v' or 's':
                FieldPrinter.Text(output, text, spec);
                break;
            case 'x' or 'X':
                FieldPrinter.HexText(output, text, verb == 'X', spec);
                break;
            default:
                BadVerb(output, value, verb, spec);
                break;
        }
    }

    private static void List(TextBuffer output, TemplateList list, char verb, in FormatSpec spec, int depth)
    {
        output.Append(spec.SharpV ? list.TypeName + "{" : "[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                output.Append(spec.SharpV ? ", " : " ");
            Print(output, list[i], verb, spec, depth + 1);
        }

        output.Append(spec.SharpV ? '}' : ']');
    }

    private static void Map(TextBuffer output, TemplateMap map, char verb, in FormatSpec spec, int depth)
    {
        output.Append(spec.SharpV ? map.TypeName + "{" : "map[");
        var isFirst = true;
        foreach (var key in map.SortedKeys)
        {
            if (!isFirst)
                output.Append(spec.SharpV ? ", " : " ");
            isFirst = false;
            Print(output, key, verb, spec, depth + 1);
            output.Append(':');
            Print(output, map[key], verb, spec, depth + 1);
        }

        output.Append(spec.SharpV ? '}' : ']');
    }

    private static void Object(TextBuffer output, ITemplateObject value, char verb, in FormatSpec spec, int depth)
    {
        if (!spec.SharpV && verb is 'v' or 's' or 'q' or 'x' or 'X' && value.Text is { } text)
        {
            String(output, text, text, verb, spec);
            return;
        }

        output.Append(spec.SharpV ? value.TypeName + "{" : "{");
        var isFirst = true;
        foreach (var name in value.FieldNames)
        {
            if (!isFirst)
                output.Append(spec.SharpV ? ", " : " ");
            isFirst = false;
            if (spec.SharpV || spec.PlusV)
            {
                output.Append(name);
                output.Append(':');
            }

            if (value.TryGetField(name, out var field))
                Print(output, field, verb, spec, depth + 1);
        }

        output.Append('}');
    }

    private static void Pointer(TextBuffer output, Value value, char verb, in FormatSpec spec, int depth)
    {
        var target = value.Target;
        if (target.Kind == ValueKind.Object && target.Object.Text is not null && !spec.SharpV)
        {
            Object(output, target.Object, verb, spec, depth);
            return;
        }

        if (depth > 0 || target.Kind is not (ValueKind.List or ValueKind.Map or ValueKind.Object))
            throw new FunctionException($"a pointer of type {value.TypeName} prints as an address: use what it points to");
        output.Append('&');
        Print(output, target, verb, spec, depth + 1);
    }

    private static void BadVerb(TextBuffer output, Value value, char verb, in FormatSpec spec)
    {
        output.Append("%!");
        output.Append(verb);
        output.Append('(');
        if (value.IsUntypedNil)
        {
            output.Append(Nothing);
        }
        else
        {
            output.Append(value.TypeName);
            output.Append('=');
            Print(output, value, 'v', spec, 0);
        }

        output.Append(')');
    }
}
