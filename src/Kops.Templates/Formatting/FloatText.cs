using System.Globalization;
using System.Text;

namespace Kops.Templates.Formatting;

/// <summary>Numbers with a fraction as Go writes them: <c>strconv.FormatFloat</c>.</summary>
internal static class FloatText
{
    private const int LeastExponent = -4;
    private const int ShortestLimit = 6;

    /// <summary>The number in a form of Go: <c>e E f g G b x X</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="form">The form.</param>
    /// <param name="precision">How many digits; null for the fewest that read back as the same number.</param>
    /// <param name="isSingle">Whether it is a <c>float32</c>.</param>
    public static string Format(double value, char form, int? precision = null, bool isSingle = false)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        var sign = double.IsNegative(value) ? "-" : string.Empty;
        value = Math.Abs(value);
        return sign
            + form switch
            {
                'b' => Binary(value, isSingle),
                'x' => Hexadecimal(value, precision),
                'X' => Hexadecimal(value, precision).ToUpperInvariant(),
                'e' or 'E' => Exponent(value, form, precision, isSingle),
                'f' => Fixed(value, precision, isSingle),
                _ => General(value, form, precision, isSingle),
            };
    }

    /// <summary>As <c>encoding/json</c> writes it: an exponent only for the very small and the very large.</summary>
    public static string Json(double value, bool isSingle)
    {
        var size = Math.Abs(value);
        if (size == 0 || size is >= 1e-6 and < 1e21)
            return Format(value, 'f', null, isSingle);
        var text = Format(value, 'e', null, isSingle);
        return text.Replace("e-0", "e-", StringComparison.Ordinal);
    }

    private static string Exponent(double value, char form, int? precision, bool isSingle) =>
        precision is { } count
            ? Exponent(FloatDigits.Exact(value).Round(count + 1), form, count)
            : Shortest(FloatDigits.Shortest(value, isSingle), form);

    private static string Shortest(FloatDigits digits, char form) => Exponent(digits, form, Math.Max(digits.Digits.Length - 1, 0));

    private static string Exponent(FloatDigits digits, char form, int fraction)
    {
        var text = new StringBuilder().Append(digits.At(0));
        if (fraction > 0)
            text.Append('.');
        for (var i = 1; i <= fraction; i++)
            text.Append(digits.At(i));
        var exponent = digits.Digits.Length == 0 ? 0 : digits.Point - 1;
        return text.Append(form)
            .Append(exponent < 0 ? '-' : '+')
            .Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture))
            .ToString();
    }

    private static string Fixed(double value, int? precision, bool isSingle)
    {
        var digits = precision is null ? FloatDigits.Shortest(value, isSingle) : FloatDigits.Exact(value);
        if (precision is { } count)
            digits = digits.Round(digits.Point + count);
        return Fixed(digits, precision ?? Math.Max(digits.Digits.Length - digits.Point, 0));
    }

    private static string Fixed(FloatDigits digits, int fraction)
    {
        var text = new StringBuilder();
        for (var i = 0; i < digits.Point; i++)
            text.Append(digits.At(i));
        if (text.Length == 0)
            text.Append('0');
        if (fraction > 0)
            text.Append('.');
        for (var i = 0; i < fraction; i++)
            text.Append(digits.At(digits.Point + i));
        return text.ToString();
    }

    private static string General(double value, char form, int? precision, bool isSingle)
    {
        var significant = precision is 0 ? 1 : precision;
        var digits = significant is { } count ? FloatDigits.Exact(value).Round(count) : FloatDigits.Shortest(value, isSingle);
        var length = digits.Digits.Length;
        var limit = significant ?? ShortestLimit;
        if (limit > length && length >= digits.Point && significant is not null)
            limit = length;
        var exponent = digits.Point - 1;
        if (length > 0 && (exponent < LeastExponent || exponent >= limit))
            return Exponent(digits, (char)(form + 'e' - 'g'), length - 1);
        return Fixed(digits, Math.Max(length - digits.Point, 0));
    }

    private static string Binary(double value, bool isSingle)
    {
        var (bits, bias, width) = isSingle
            ? (BitConverter.SingleToUInt32Bits((float)value), 150, 23)
            : (BitConverter.DoubleToUInt64Bits(value), 1075, 52);
        var exponent = (int)(bits >> width);
        var mantissa = bits & ((1ul << width) - 1);
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1ul << width;
        exponent -= bias;
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}p{(exponent < 0 ? "" : "+")}{exponent}");
    }

    private static string Hexadecimal(double value, int? precision)
    {
        const int width = 52;
        if (value == 0)
            return "0x0" + (precision > 0 ? "." + new string('0', precision.Value) : string.Empty) + "p+00";
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> width) - 1023;
        var mantissa = bits & ((1ul << width) - 1);
        if (exponent == -1023)
        {
            // Too small for a leading one: shift until there is one.
            exponent = -1022;
            while ((mantissa & (1ul << width)) == 0)
                (mantissa, exponent) = (mantissa << 1, exponent - 1);
        }
        else
        {
            mantissa |= 1ul << width;
        }

        if (precision is < 13 and { } digits)
        {
            var dropped = width - digits * 4;
            var half = 1ul << (dropped - 1);
            var rest = mantissa & ((1ul << dropped) - 1);
            mantissa >>= dropped;
            if (rest > half || (rest == half && (mantissa & 1) == 1))
                mantissa++;
            mantissa <<= dropped;
            if (mantissa >> (width + 1) != 0)
                (mantissa, exponent) = (mantissa >> 1, exponent + 1);
        }

        var fraction = (mantissa & ((1ul << width) - 1)).ToString("x13", CultureInfo.InvariantCulture);
        fraction = precision is { } count ? fraction.PadRight(count, '0')[..count] : fraction.TrimEnd('0');
        var sign = exponent < 0 ? '-' : '+';
        return $"0x1{(fraction.Length > 0 ? "." : "")}{fraction}p{sign}" + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
    }
}
