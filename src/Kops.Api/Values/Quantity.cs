using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Kops.Api.Values;

/// <summary>
/// A Kubernetes quantity in its canonical form: <c>1500m</c>, <c>2Gi</c>, <c>0.5</c> as <c>500m</c>. Kept in billionths, of which
/// what is finer is rounded up, away from zero; the largest is 2^63-1.
/// </summary>
public static class Quantity
{
    private const int Places = 9;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789");
    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly BigInteger One = BigInteger.Pow(10, Places);

    private enum Form
    {
        Decimal,
        Binary,
        Exponent,
    }

    /// <summary>The canonical text of a quantity; null when the text is none.</summary>
    public static string? Canonical(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlainlyCanonical(text))
            return text;
        text = text.Trim();
        var end = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
        var number = end < 0 ? text : text[..end];
        var suffix = text[number.Length..];
        if (!TryNumber(number, out var digits, out var places) || Scale(suffix) is not var (form, factor, power))
            return null;

        // digits * factor * 10^power / 10^places, in billionths.
        var shift = power + Places - places;
        if (Math.Abs(shift) > 1000)
            return null;
        var value = BigInteger.Abs(digits) * factor;
        if (shift >= 0)
            value *= BigInteger.Pow(10, shift);
        else
            value = DivideUp(value, BigInteger.Pow(10, -shift));
        value = BigInteger.Min(value, long.MaxValue * One);
        if (value.IsZero)
            return "0";
        return (number[0] == '-' ? "-" : string.Empty) + Format(value, form);
    }

    // Most texts need no arithmetic: a whole number that the next larger unit does not divide.
    private static bool IsPlainlyCanonical(string text)
    {
        var length = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (length < 0)
            length = text.Length;
        if (length is 0 or > 15 || text[0] == '0')
            return false;
        var number = long.Parse(text.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture);
        return text.AsSpan(length) switch
        {
            "" or "m" or "k" or "M" or "G" => number % 1000 != 0,
            "Mi" or "Gi" => number % 1024 != 0,
            _ => false,
        };
    }

    private static string Format(BigInteger value, Form form)
    {
        if (form == Form.Binary && value >= 1024 * One && (value % One).IsZero)
        {
            value /= One;
            var step = 0;
            for (; step < Binary.Length - 1 && (value % 1024).IsZero; step++)
                value /= 1024;
            return value + Binary[step];
        }

        var exponent = -Places;
        while ((value % 1000).IsZero && exponent < 18)
        {
            value /= 1000;
            exponent += 3;
        }

        if (form == Form.Exponent)
            return exponent == 0 ? value.ToString(CultureInfo.InvariantCulture) : $"{value}e{exponent}";
        return value + Decimal[(exponent + Places) / 3];
    }

    private static bool TryNumber(string text, out BigInteger digits, out int places)
    {
        (digits, places) = (0, 0);
        var unsigned = text.AsSpan(text.Length > 0 && text[0] is ('+' or '-') ? 1 : 0);
        if (unsigned.ContainsAny('+', '-'))
            return false;
        var dot = unsigned.IndexOf('.');
        var fraction = dot < 0 ? [] : unsigned[(dot + 1)..];
        if (fraction.Contains('.') || unsigned.Length > 100)
            return false;
        places = fraction.Length;
        return BigInteger.TryParse(
            string.Concat(dot < 0 ? unsigned : unsigned[..dot], fraction),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out digits
        );
    }

    private static (Form Form, BigInteger Factor, int Power)? Scale(string suffix)
    {
        if (suffix.Length > 0 && Array.IndexOf(Binary, suffix) is var binary and > 0)
            return (Form.Binary, BigInteger.Pow(1024, binary), 0);
        if (Array.IndexOf(Decimal, suffix) is var step and >= 0)
            return (Form.Decimal, 1, (step * 3) - Places);
        var isExponent = suffix.Length is > 1 and < 6 && suffix[0] is ('e' or 'E');
        if (!isExponent || !int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power))
            return null;
        return (Form.Exponent, 1, power);
    }

    private static BigInteger DivideUp(BigInteger value, BigInteger divisor) =>
        BigInteger.DivRem(value, divisor, out var rest) + (rest.IsZero ? 0 : 1);
}
