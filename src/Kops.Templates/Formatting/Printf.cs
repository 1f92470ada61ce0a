using System.Text;
using Kops.Templates.Values;

namespace Kops.Templates.Formatting;

/// <summary>Go's <c>fmt.Sprintf</c>: verbs, flags, width, precision, argument indexes, and its reports of what does not fit.</summary>
internal ref struct Printf
{
    private const int TooLarge = 1_000_000;

    private readonly TextBuffer _output;
    private readonly ReadOnlySpan<char> _format;
    private readonly ReadOnlySpan<Value> _values;
    private int _at;
    private int _next;
    private bool _isReordered;
    private bool _isGoodIndex;

    private Printf(TextBuffer output, string format, ReadOnlySpan<Value> values)
    {
        _output = output;
        _format = format;
        _values = values;
    }

    public static void Print(TextBuffer output, string format, ReadOnlySpan<Value> values) => new Printf(output, format, values).Run();

    private void Run()
    {
        while (_at < _format.Length)
        {
            var rest = _format[_at..];
            var percent = rest.IndexOf('%');
            if (percent < 0)
            {
                _output.Append(rest);
                break;
            }

            _output.Append(rest[..percent]);
            _at += percent + 1;
            Directive();
        }

        if (!_isReordered && _next < _values.Length)
            Extra();
    }

    private void Directive()
    {
        _isGoodIndex = true;
        var spec = Flags();
        var isAfterIndex = Index();
        isAfterIndex = Width(ref spec, isAfterIndex);
        isAfterIndex = Precision(ref spec, isAfterIndex);
        if (!isAfterIndex)
            Index();

        if (_at >= _format.Length)
        {
            _output.Append("%!(NOVERB)");
            return;
        }

        Rune.DecodeFromUtf16(_format[_at..], out var rune, out var used);
        var verb = _format[_at];
        _at += used;
        if (verb == '%')
            _output.Append('%');
        else if (!_isGoodIndex)
            Report(rune, "(BADINDEX)");
        else if (_next >= _values.Length)
            Report(rune, "(MISSING)");
        else
        {
            spec.TakeVerb(verb);
            ValuePrinter.Print(_output, _values[_next++], verb, spec);
        }
    }

    private FormatSpec Flags()
    {
        var spec = default(FormatSpec);
        for (; _at < _format.Length; _at++)
        {
            switch (_format[_at])
            {
                case '#':
                    spec.Sharp = true;
                    break;
                case '0':
                    spec.Zero = true;
                    break;
                case '+':
                    spec.Plus = true;
                    break;
                case '-':
                    spec.Minus = true;
                    break;
                case ' ':
                    spec.Space = true;
                    break;
                default:
                    return spec;
            }
        }

        return spec;
    }

    private bool Width(ref FormatSpec spec, bool isAfterIndex)
    {
        if (!Star())
        {
            spec.Width = Number();
            if (isAfterIndex && spec.Width is not null)
                _isGoodIndex = false;
            return isAfterIndex;
        }

        spec.Width = FromArgument();
        if (spec.Width is null)
            _output.Append("%!(BADWIDTH)");
        if (spec.Width < 0)
            (spec.Width, spec.Minus, spec.Zero) = (-spec.Width, true, false);
        return false;
    }

    private bool Precision(ref FormatSpec spec, bool isAfterIndex)
    {
        if (_at >= _format.Length || _format[_at] != '.')
            return isAfterIndex;
        _at++;
        if (isAfterIndex)
            _isGoodIndex = false;
        isAfterIndex = Index();
        if (!Star())
        {
            spec.Precision = Number() ?? 0;
            return isAfterIndex;
        }

        spec.Precision = FromArgument();
        if (spec.Precision < 0)
            spec.Precision = null;
        if (spec.Precision is null)
            _output.Append("%!(BADPREC)");
        return false;
    }

    private bool Star()
    {
        if (_at >= _format.Length || _format[_at] != '*')
            return false;
        _at++;
        return true;
    }

    private int? FromArgument()
    {
        if (_next >= _values.Length)
            return null;
        var value = _values[_next++];
        var isNumber = !value.IsPointer && (value.IsSigned || value.IsUnsigned);
        return isNumber && value.Signed is >= -TooLarge and <= TooLarge ? (int)value.Signed : null;
    }

    private int? Number()
    {
        var (start, number) = (_at, 0);
        for (; _at < _format.Length && char.IsAsciiDigit(_format[_at]); _at++)
        {
            if (number > TooLarge)
                return null;
            number = number * 10 + _format[_at] - '0';
        }

        return _at == start || number > TooLarge ? null : number;
    }

    // [n]: the argument to take next. What is wrong with it is said where the verb stands.
    private bool Index()
    {
        if (_at >= _format.Length || _format[_at] != '[')
            return false;
        _isReordered = true;
        var length = _format[_at..].IndexOf(']');
        if (length < 0)
        {
            (_isGoodIndex, _at) = (false, _at + 1);
            return false;
        }

        var end = _at++ + length;
        var number = Number();
        var isNumber = number is not null && _at == end;
        _at = end + 1;
        if (isNumber && number >= 1 && number <= _values.Length)
            _next = number!.Value - 1;
        else
            _isGoodIndex = false;
        return isNumber;
    }

    private readonly void Report(Rune verb, string problem)
    {
        _output.Append("%!");
        _output.Append(verb);
        _output.Append(problem);
    }

    private readonly void Extra()
    {
        _output.Append("%!(EXTRA ");
        for (var i = _next; i < _values.Length; i++)
        {
            if (i > _next)
                _output.Append(", ");
            if (!_values[i].IsUntypedNil)
            {
                _output.Append(_values[i].TypeName);
                _output.Append('=');
            }

            ValuePrinter.Print(_output, _values[i]);
        }

        _output.Append(')');
    }
}
