using System.Globalization;
using System.Numerics;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>Numbers of any value, as the library <c>cast</c> that sprig uses makes them: 0 for what is none.</summary>
internal static class Numbers
{
    public static long Long(Value value) =>
        value.IsSigned || value.IsUnsigned ? value.Signed
        : value.IsFloat ? Truncate(value.Float)
        : value.Kind switch
        {
            ValueKind.Bool => value.Truth ? 1 : 0,
            ValueKind.String => Parse(WithoutZeroFraction(value.Text), 0) ?? 0,
            _ => 0,
        };

    public static double Float(Value value) =>
        value.IsSigned ? value.Signed
        : value.IsUnsigned ? value.Unsigned
        : value.IsFloat ? value.Float
        : value.Kind switch
        {
            ValueKind.Bool => value.Truth ? 1 : 0,
            ValueKind.String
                when double.TryParse(
                    value.Text,
                    NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => number,
            _ => 0,
        };

    /// <summary>Go's <c>strconv.ParseInt</c>; base 0 takes the base from the prefix. Null where it is no number of 64 bits.</summary>
    public static long? Parse(string text, int numberBase)
    {
        var isNegative = text.StartsWith('-');
        var digits = text.AsSpan(text.Length > 0 && text[0] is '-' or '+' ? 1 : 0);
        if (numberBase == 0)
        {
            numberBase = 10;
            if (digits.Length > 1 && digits[0] == '0')
            {
                var prefix = char.ToLowerInvariant(digits[1]);
                numberBase =
                    prefix == 'x' ? 16
                    : prefix == 'b' ? 2
                    : 8;
                digits = digits[(prefix is 'x' or 'b' or 'o' ? 2 : 1)..];
            }
        }

        if (digits.Length is 0 or > 70)
            return null;
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var amount = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : numberBase;
            if (amount >= numberBase)
                return null;
            value = value * numberBase + amount;
        }

        value = isNegative ? -value : value;
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    // Go's conversion of a float that does not fit gives the least number.
    private static long Truncate(double value) =>
        value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;

    private static string WithoutZeroFraction(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && text.AsSpan(dot + 1).IndexOfAnyExcept('0') < 0 ? text[..dot] : text;
    }
}
