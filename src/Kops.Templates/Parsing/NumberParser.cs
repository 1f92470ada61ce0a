using System.Globalization;
using System.Numerics;
using Kops.Templates.Formatting;
using Kops.Templates.Parsing.Nodes;

namespace Kops.Templates.Parsing;

/// <summary>Reads numbers as Go source writes them: bases, underscores, exponents, characters.</summary>
internal static class NumberParser
{
    /// <summary>The number, or what is wrong with it.</summary>
    public static (NumberConstant? Number, string? Problem) Parse(string text)
    {
        if (text[0] == '\'')
        {
            return GoUnquote.Character(text) is { } character
                ? (new NumberConstant(text, character, character, IsFloat: false), null)
                : (null, $"malformed character constant: {text}");
        }

        if (Integer(text) is { } whole)
        {
            if (whole < long.MinValue || whole > ulong.MaxValue)
                return (null, $"integer overflow: {GoQuote.Quote(text)}");
            return (new NumberConstant(text, whole <= long.MaxValue ? (long)whole : null, (double)whole, IsFloat: false), null);
        }

        if (Float(text) is not { } value)
            return (null, $"illegal number syntax: {GoQuote.Quote(text)}");
        if (text.AsSpan().IndexOfAny(".eEpP") < 0)
            return (null, $"integer overflow: {GoQuote.Quote(text)}");
        var isWhole = value is >= -9223372036854775808.0 and < 9223372036854775808.0 && Math.Floor(value) == value;
        return (new NumberConstant(text, isWhole ? (long)value : null, value, IsFloat: true), null);
    }

    private static BigInteger? Integer(string text)
    {
        var isNegative = text[0] == '-';
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var numberBase = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            numberBase = char.ToLowerInvariant(digits[1]) switch
            {
                'x' => 16,
                'o' => 8,
                'b' => 2,
                _ => 8,
            };
            digits = digits[(char.IsAsciiLetter(digits[1]) ? 2 : 1)..];
        }
        else if (digits.Length > 0 && digits[0] == '_')
        {
            return null;
        }

        if (digits.Length == 0 || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
            return null;
        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            if (digit == '_')
                continue;
            if (!char.IsAsciiHexDigit(digit) || Convert.ToInt32(digit.ToString(), 16) is var amount && amount >= numberBase)
                return null;
            // A number this long does not fit any more; what matters is that it does not.
            if (value <= ulong.MaxValue)
                value = value * numberBase + Convert.ToInt32(digit.ToString(), 16);
        }

        return isNegative ? -value : value;
    }

    private static double? Float(string text)
    {
        if (text.Contains('x', StringComparison.OrdinalIgnoreCase))
            return HexFloat(text);
        if (text.Contains("__", StringComparison.Ordinal) || text.EndsWith('_') || text.Contains("_.", StringComparison.Ordinal))
            return null;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        return double.TryParse(plain, style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
    }

    // 0x1.8p-2; the exponent is required.
    private static double? HexFloat(string text)
    {
        var isNegative = text[0] == '-';
        var body = text.Replace("_", string.Empty, StringComparison.Ordinal).TrimStart('+', '-')[2..];
        var mark = body.IndexOfAny(['p', 'P']);
        if (mark < 1 || !int.TryParse(body.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            return null;
        var dot = body.IndexOf('.', StringComparison.Ordinal);
        var digits = body[..mark].Replace(".", string.Empty, StringComparison.Ordinal);
        if (
            digits.Length is 0 or > 16
            || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mantissa)
        )
            return null;
        var fraction = dot < 0 ? 0 : mark - dot - 1;
        var value = Math.ScaleB(mantissa, Math.Clamp(exponent, -5000, 5000) - 4 * fraction);
        return double.IsFinite(value) ? (isNegative ? -value : value) : null;
    }
}
