using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kops.Templates.Formatting;

/// <summary>Numbers, characters and texts with flags, width and precision, as Go's <c>fmt</c> lays them out.</summary>
internal static class FieldPrinter
{
    public static void Pad(TextBuffer output, string text, in FormatSpec spec, bool withZeros = true)
    {
        var missing = (spec.Width ?? 0) - RuneCount(text);
        var pad = spec.Zero && withZeros && !spec.Minus ? '0' : ' ';
        if (!spec.Minus)
            output.Append(pad, missing);
        output.Append(text);
        if (spec.Minus)
            output.Append(' ', missing);
    }

    public static void Text(TextBuffer output, string text, in FormatSpec spec) => Pad(output, Shorten(text, spec), spec);

    public static void Quoted(TextBuffer output, string text, in FormatSpec spec)
    {
        text = Shorten(text, spec);
        Pad(output, spec.Sharp && GoQuote.CanBackquote(text) ? $"`{text}`" : GoQuote.Quote(text, spec.Plus), spec);
    }

    public static void HexText(TextBuffer output, string text, bool isUpper, in FormatSpec spec)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        if (spec.Precision < bytes.Length)
            bytes = bytes[..spec.Precision.Value];
        var (prefix, digits) = (isUpper ? "0X" : "0x", isUpper ? "X2" : "x2");
        var hex = new StringBuilder(spec.Sharp && bytes.Length > 0 ? prefix : string.Empty);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (spec.Space && i > 0)
                hex.Append(' ').Append(spec.Sharp ? prefix : string.Empty);
            hex.Append(bytes[i].ToString(digits, CultureInfo.InvariantCulture));
        }

        Pad(output, hex.ToString(), spec);
    }

    public static void Integer(TextBuffer output, BigInteger value, int numberBase, char verb, in FormatSpec spec)
    {
        var size = BigInteger.Abs(value);
        if (spec.Precision == 0 && size.IsZero)
        {
            output.Append(' ', spec.Width ?? 0);
            return;
        }

        var sign =
            value.Sign < 0 ? "-"
            : spec.Plus ? "+"
            : spec.Space ? " "
            : string.Empty;
        var least = spec.Precision ?? (spec.Zero && !spec.Minus ? (spec.Width ?? 0) - sign.Length : 0);
        var digits = Digits(size, numberBase, verb == 'X');
        if (least > output.Limit)
            output.Append('0', least);
        digits = digits.PadLeft(Math.Max(least, 1), '0');
        var prefix = (spec.Sharp, numberBase, verb) switch
        {
            (_, _, 'O') => "0o",
            (true, 2, _) => "0b",
            (true, 8, _) when digits[0] != '0' => "0",
            (true, 16, 'X') => "0X",
            (true, 16, _) => "0x",
            _ => string.Empty,
        };
        Pad(output, sign + prefix + digits, spec, withZeros: false);
    }

    public static void Unicode(TextBuffer output, ulong value, in FormatSpec spec)
    {
        var digits = value.ToString("X", CultureInfo.InvariantCulture).PadLeft(Math.Clamp(spec.Precision ?? 4, 4, output.Limit), '0');
        var isShown = spec.Sharp && value <= 0x10FFFF && GoQuote.IsPrintable(Character(value));
        var suffix = isShown ? $" '{Character(value)}'" : string.Empty;
        Pad(output, "U+" + digits + suffix, spec, withZeros: false);
    }

    public static Rune Character(ulong value) =>
        value <= int.MaxValue && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;

    public static void Float(TextBuffer output, double value, char verb, bool isSingle, in FormatSpec spec)
    {
        var form =
            verb == 'v' ? 'g'
            : verb == 'F' ? 'f'
            : verb;
        var precision = spec.Precision ?? (form is 'e' or 'E' or 'f' ? 6 : null);
        if (precision > output.Limit)
            output.Append('0', precision.Value);
        var text = FloatText.Format(value, form, precision, isSingle);
        var sign = text[0] is '-' or '+' ? text[0] : '+';
        var digits = text.TrimStart('-', '+');
        var shownSign =
            sign == '-' || spec.Plus ? sign.ToString()
            : spec.Space ? " "
            : string.Empty;
        if (!double.IsFinite(value))
        {
            Pad(
                output,
                double.IsNaN(value) ? (spec.Plus || spec.Space ? shownSign : "") + digits : Infinity(sign, shownSign),
                spec,
                withZeros: false
            );
            return;
        }

        if (spec.Sharp && form != 'b')
            digits = WithPoint(digits, form, precision);
        if (spec.Zero && !spec.Minus && shownSign.Length > 0)
        {
            output.Append(shownSign);
            output.Append('0', (spec.Width ?? 0) - shownSign.Length - digits.Length);
            output.Append(digits);
            return;
        }

        Pad(output, shownSign + digits, spec);
    }

    private static string Infinity(char sign, string shownSign) => (shownSign.Length > 0 ? shownSign : sign.ToString()) + "Inf";

    // %#g keeps the zeros that %g drops, and each form its point.
    private static string WithPoint(string text, char form, int? precision)
    {
        var mark = text.IndexOfAny(form is 'x' or 'X' ? ['p', 'P'] : ['e', 'E']);
        var (digits, tail) = mark < 0 ? (text, string.Empty) : (text[..mark], text[mark..]);
        var wanted = form is 'g' or 'G' ? precision ?? 6 : 0;
        var significant = digits.Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();
        if (significant == 0)
            significant = 1;
        if (!digits.Contains('.', StringComparison.Ordinal))
            digits += '.';
        return digits + new string('0', Math.Max(wanted - significant, 0)) + tail;
    }

    private static string Shorten(string text, in FormatSpec spec)
    {
        if (spec.Precision is not { } precision || precision >= text.Length)
            return text;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (precision-- == 0)
                break;
            end += rune.Utf16SequenceLength;
        }

        return text[..Math.Min(end, text.Length)];
    }

    private static int RuneCount(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
                count--;
        }

        return count;
    }

    private static string Digits(BigInteger size, int numberBase, bool isUpper)
    {
        var value = (ulong)size;
        return numberBase switch
        {
            2 => value.ToString("b", CultureInfo.InvariantCulture),
            8 => Octal(value),
            16 => value.ToString(isUpper ? "X" : "x", CultureInfo.InvariantCulture),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Octal(ulong value)
    {
        var digits = string.Empty;
        do
        {
            digits = (char)('0' + value % 8) + digits;
            value /= 8;
        } while (value > 0);
        return digits;
    }
}
