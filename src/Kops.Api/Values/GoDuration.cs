using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kops.Api.Values;

/// <summary>Lengths of time as Go's <c>time.Duration</c> reads and writes them: <c>1h0m0s</c>, <c>1.5s</c>.</summary>
public static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private const long Second = 1_000_000_000;

    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("μs", 1_000),
        ("ms", 1_000_000),
        ("s", Second),
        ("m", 60 * Second),
        ("h", 3600 * Second),
    ];

    /// <summary>Reads <c>-1h30m</c> or <c>1.5s</c> to nanoseconds; false when it is no such text, or too long for 64 bits.</summary>
    public static bool TryParse(string text, out long nanoseconds)
    {
        ArgumentNullException.ThrowIfNull(text);
        nanoseconds = 0;
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        if (rest is "0")
            return true;
        if (rest.Length == 0)
            return false;
        BigInteger sum = 0;
        while (rest.Length > 0)
        {
            var whole = Digits(ref rest);
            var fraction = ReadOnlySpan<char>.Empty;
            if (rest.Length > 0 && rest[0] == '.')
            {
                rest = rest[1..];
                fraction = Digits(ref rest);
            }

            if (whole.Length + fraction.Length == 0 || whole.Length + fraction.Length > 100)
                return false;
            var end = rest.IndexOfAny(NumberCharacters);
            var unit = UnitOf(end < 0 ? rest : rest[..end]);
            if (unit == 0)
                return false;
            rest = end < 0 ? [] : rest[end..];
            if (whole.Length > 0)
                sum += BigInteger.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture) * unit;
            if (fraction.Length > 0)
                sum +=
                    BigInteger.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture)
                    * unit
                    / BigInteger.Pow(10, fraction.Length);
        }

        if (sum > long.MaxValue)
            return false;
        nanoseconds = negative ? -(long)sum : (long)sum;
        return true;
    }

    /// <summary>Writes nanoseconds.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : string.Empty;
        var value = (ulong)Int128.Abs(nanoseconds);
        switch (value)
        {
            case < 1_000:
                return $"{sign}{value}ns";
            case < 1_000_000:
                return sign + Fraction(value, 1_000) + "µs";
            case < Second:
                return sign + Fraction(value, 1_000_000) + "ms";
        }

        var minutes = value / (60 * Second);
        var text = new StringBuilder(sign);
        if (minutes >= 60)
            text.Append(CultureInfo.InvariantCulture, $"{minutes / 60}h");
        if (minutes > 0)
            text.Append(CultureInfo.InvariantCulture, $"{minutes % 60}m");
        return text.Append(Fraction(value % (60 * Second), Second)).Append('s').ToString();
    }

    private static string Fraction(ulong value, ulong unit)
    {
        var places = unit.ToString(CultureInfo.InvariantCulture).Length - 1;
        var rest = (value % unit).ToString(CultureInfo.InvariantCulture).PadLeft(places, '0').TrimEnd('0');
        var whole = (value / unit).ToString(CultureInfo.InvariantCulture);
        return rest.Length == 0 ? whole : $"{whole}.{rest}";
    }

    private static long UnitOf(ReadOnlySpan<char> name)
    {
        foreach (var (known, nanoseconds) in Units)
        {
            if (name.SequenceEqual(known))
                return nanoseconds;
        }

        return 0;
    }

    private static ReadOnlySpan<char> Digits(scoped ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? text : text[..length];
        text = text[digits.Length..];
        return digits;
    }
}
