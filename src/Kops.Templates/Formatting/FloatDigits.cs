using System.Globalization;
using System.Numerics;

namespace Kops.Templates.Formatting;

/// <summary>The decimal digits of a number that is not negative: <c>0.DIGITS</c> times ten to the power of <c>Point</c>.</summary>
internal readonly record struct FloatDigits(string Digits, int Point)
{
    private const int MantissaBits = 52;
    private const int Bias = 1075;

    /// <summary>The fewest digits that read back as the same number.</summary>
    public static FloatDigits Shortest(double value, bool isSingle)
    {
        var text = isSingle
            ? ((float)value).ToString("R", CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = 0;
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? text.Length : dot) + exponent;
        return Trimmed(text.Replace(".", string.Empty, StringComparison.Ordinal), point);
    }

    /// <summary>All digits of the binary number: it always has finitely many.</summary>
    public static FloatDigits Exact(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> MantissaBits) & 0x7FF);
        var mantissa = bits & ((1L << MantissaBits) - 1);
        if (exponent == 0)
            exponent = 1;
        else
            mantissa |= 1L << MantissaBits;
        exponent -= Bias;

        // m * 2^-k is m * 5^k / 10^k.
        var digits = exponent >= 0 ? new BigInteger(mantissa) << exponent : mantissa * BigInteger.Pow(5, -exponent);
        var text = digits.ToString(CultureInfo.InvariantCulture);
        return Trimmed(text, text.Length + Math.Min(exponent, 0));
    }

    /// <summary>Rounded to a number of digits, which may be negative; halves go to the even digit.</summary>
    public FloatDigits Round(int count)
    {
        if (count >= Digits.Length)
            return this;
        if (count < 0)
            return new FloatDigits(string.Empty, 0);
        var isHalf = Digits[count] == '5' && count + 1 == Digits.Length;
        var isUp = isHalf ? count > 0 && (Digits[count - 1] - '0') % 2 == 1 : Digits[count] >= '5';
        var kept = Digits[..count];
        if (!isUp)
            return Trimmed(kept, Point);
        var last = kept.AsSpan().LastIndexOfAnyExcept('9');
        return last < 0 ? new FloatDigits("1", Point + 1) : new FloatDigits(kept[..last] + (char)(kept[last] + 1), Point);
    }

    /// <summary>The digit at a place, from 0; zero beyond the last one and before the first.</summary>
    public char At(int index) => index >= 0 && index < Digits.Length ? Digits[index] : '0';

    private static FloatDigits Trimmed(string digits, int point)
    {
        var first = digits.AsSpan().IndexOfAnyExcept('0');
        return first < 0 ? new FloatDigits(string.Empty, 0) : new FloatDigits(digits[first..].TrimEnd('0'), point - first);
    }
}
