using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kops.Templates.Times;

/// <summary>Durations as Go writes and reads them: <c>1h15m30.5s</c>, in nanoseconds.</summary>
internal static class GoDuration
{
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1000,
        ["\u00B5s"] = 1000,
        ["\u03BCs"] = 1000,
        ["ms"] = 1_000_000,
        ["s"] = Second,
        ["m"] = Minute,
        ["h"] = Hour,
    };

    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : string.Empty;
        var size = nanoseconds < 0 ? 0 - (ulong)nanoseconds : (ulong)nanoseconds;
        if (size < 1000)
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{size}ns");
        if (size < 1_000_000)
            return sign + Fraction(size, 1000) + "\u00B5s";
        if (size < (ulong)Second)
            return sign + Fraction(size, 1_000_000) + "ms";
        var text = new StringBuilder(sign);
        var (hours, minutes) = (size / (ulong)Hour, size / (ulong)Minute % 60);
        if (hours > 0)
            text.Append(hours).Append('h');
        if (hours > 0 || minutes > 0)
            text.Append(minutes).Append('m');
        return text.Append(Fraction(size % (ulong)Minute, (ulong)Second)).Append('s').ToString();
    }

    /// <summary>The duration in nanoseconds; null where the text is none, or too long.</summary>
    public static long? Parse(string text)
    {
        var rest = text.AsSpan();
        var isNegative = rest.StartsWith("-");
        if (isNegative || rest.StartsWith("+"))
            rest = rest[1..];
        if (rest.SequenceEqual("0"))
            return 0;
        if (rest.Length == 0)
            return null;
        var total = 0m;
        while (rest.Length > 0)
        {
            var end = rest.IndexOfAnyExcept(Digits);
            if (
                end is <= 0 or > 20
                || !decimal.TryParse(rest[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            )
                return null;
            rest = rest[end..];
            end = rest.IndexOfAny(Digits);
            var name = (end < 0 ? rest : rest[..end]).ToString();
            if (!Units.TryGetValue(name, out var unit) || amount > long.MaxValue / unit)
                return null;
            rest = rest[name.Length..];
            total += decimal.Truncate(amount * unit);
        }

        if (total > long.MaxValue)
            return null;
        return isNegative ? -(long)total : (long)total;
    }

    private static string Fraction(ulong size, ulong unit)
    {
        var rest = size % unit;
        var whole = (size / unit).ToString(CultureInfo.InvariantCulture);
        if (rest == 0)
            return whole;
        var digits = unit.ToString(CultureInfo.InvariantCulture).Length - 1;
        return whole + "." + rest.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0');
    }
}
