using System.Globalization;
using System.Text;

namespace Kops.Templates.Times;

/// <summary>
/// Layouts of Go, which show how the moment <c>Mon Jan 2 15:04:05 MST 2006</c> is written: a layout is cut into its parts, and each is
/// written or read.
/// </summary>
internal static class GoLayout
{
    // The longer before those that it starts with.
    private static readonly string[] Parts =
    [
        "January",
        "Jan",
        "Monday",
        "Mon",
        "MST",
        "2006",
        "-07:00:00",
        "-070000",
        "-07:00",
        "-0700",
        "-07",
        "Z07:00:00",
        "Z070000",
        "Z07:00",
        "Z0700",
        "Z07",
        "__2",
        "_2",
        "002",
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "15",
        "PM",
        "pm",
        "1",
        "2",
        "3",
        "4",
        "5",
    ];

    /// <summary>The moment as the layout shows it.</summary>
    public static string Format(string layout, DateTimeOffset moment, string zone)
    {
        var text = new StringBuilder(layout.Length + 8);
        for (var at = 0; at < layout.Length; )
        {
            var part = Next(layout, at);
            text.Append(part.IsText ? part.Text : Write(part.Text, moment, zone));
            at += part.Text.Length;
        }

        return text.ToString();
    }

    /// <summary>The part of a layout at a place; a single character where none starts there.</summary>
    public static (string Text, bool IsText) Next(string layout, int at)
    {
        var rest = layout.AsSpan(at);
        if (Fraction(rest) is var length and > 0)
            return (rest[..length].ToString(), false);
        foreach (var part in Parts)
        {
            if (!rest.StartsWith(part, StringComparison.Ordinal))
                continue;
            var isWordStart = part is "Jan" or "Mon" && rest.Length > 3 && char.IsAsciiLetterLower(rest[3]);
            var isYearAfterBlank = part == "_2" && rest.StartsWith("_2006", StringComparison.Ordinal);
            if (!isWordStart && !isYearAfterBlank)
                return (part, false);
        }

        return (rest[..1].ToString(), true);
    }

    /// <summary>
    /// An offset from UTC in one of the forms <c>-07 -0700 -07:00 -070000 -07:00:00</c>; those with <c>Z</c> write UTC as that.
    /// </summary>
    public static string Offset(TimeSpan offset, string form)
    {
        if (form[0] == 'Z' && offset == TimeSpan.Zero)
            return "Z";
        var separator = form.Contains(':', StringComparison.Ordinal) ? ":" : string.Empty;
        var fields = form.Count(char.IsAsciiDigit) / 2;
        var size = offset.Duration();
        var text = (offset < TimeSpan.Zero ? "-" : "+") + Two((int)size.TotalHours);
        if (fields > 1)
            text += separator + Two(size.Minutes);
        return fields > 2 ? text + separator + Two(size.Seconds) : text;
    }

    /// <summary>How long a fraction of a second is that starts here: <c>.000</c> or <c>.999</c>, not followed by another digit.</summary>
    private static int Fraction(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[0] is not ('.' or ',') || rest[1] is not ('0' or '9'))
            return 0;
        var length = rest[1..].IndexOfAnyExcept(rest[1]);
        length = length < 0 ? rest.Length : length + 1;
        return length < rest.Length && char.IsAsciiDigit(rest[length]) ? 0 : length;
    }

    private static string Write(string part, DateTimeOffset moment, string zone) =>
        part switch
        {
            "January" => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(moment.Month),
            "Jan" => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(moment.Month),
            "Monday" => moment.DayOfWeek.ToString(),
            "Mon" => moment.DayOfWeek.ToString()[..3],
            "MST" => zone,
            "2006" => moment.Year.ToString("0000", CultureInfo.InvariantCulture),
            "06" => Two(moment.Year % 100),
            "01" => Two(moment.Month),
            "1" => Plain(moment.Month),
            "02" => Two(moment.Day),
            "2" => Plain(moment.Day),
            "_2" => Plain(moment.Day).PadLeft(2),
            "__2" => Plain(moment.DayOfYear).PadLeft(3),
            "002" => Plain(moment.DayOfYear).PadLeft(3, '0'),
            "15" => Two(moment.Hour),
            "03" => Two(TwelveHours(moment)),
            "3" => Plain(TwelveHours(moment)),
            "04" => Two(moment.Minute),
            "4" => Plain(moment.Minute),
            "05" => Two(moment.Second),
            "5" => Plain(moment.Second),
            "PM" => moment.Hour >= 12 ? "PM" : "AM",
            "pm" => moment.Hour >= 12 ? "pm" : "am",
            [('.' or ','), ..] => WriteFraction(part, moment),
            _ => Offset(moment.Offset, part),
        };

    private static string WriteFraction(string part, DateTimeOffset moment)
    {
        var nanoseconds = (moment.Ticks % TimeSpan.TicksPerSecond * 100).ToString("000000000", CultureInfo.InvariantCulture);
        var digits = nanoseconds.PadRight(part.Length - 1, '0')[..(part.Length - 1)];
        if (part[1] == '9')
            digits = digits.TrimEnd('0');
        return digits.Length == 0 ? string.Empty : part[0] + digits;
    }

    private static int TwelveHours(DateTimeOffset moment) => moment.Hour % 12 == 0 ? 12 : moment.Hour % 12;

    private static string Two(int value) => value.ToString("00", CultureInfo.InvariantCulture);

    private static string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);
}
