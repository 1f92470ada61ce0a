namespace Kops.Api.Yaml;

/// <summary>The forms that go-yaml takes for a point in time; it quotes a text of such a form when it writes.</summary>
internal static class Timestamp
{
    /// <summary>Whether a text is a date, or a date with a time.</summary>
    public static bool IsOne(ReadOnlySpan<char> text)
    {
        if (text.Length < 8 || text[4] != '-' || text[..4].ContainsAnyExceptInRange('0', '9'))
            return false;
        var year = int.Parse(text[..4], System.Globalization.CultureInfo.InvariantCulture);
        var rest = text[5..];
        if (!Number(ref rest, 1, 12, out var month) || !Skip(ref rest, '-') || !Number(ref rest, 1, 31, out var day))
            return false;
        if (day > DaysIn(year, month))
            return false;
        if (rest.Length == 0)
            return true;
        var hasZone = rest[0] is 'T' or 't';
        if (!hasZone && rest[0] != ' ')
            return false;
        rest = rest[1..];
        if (!Number(ref rest, 0, 23, out _) || !Skip(ref rest, ':'))
            return false;
        if (!Number(ref rest, 0, 59, out _) || !Skip(ref rest, ':'))
            return false;
        if (!Number(ref rest, 0, 59, out _))
            return false;
        if (rest.Length > 1 && rest[0] is ('.' or ',') && char.IsAsciiDigit(rest[1]))
            rest = rest[1..].TrimStart("0123456789");
        return hasZone ? IsZone(rest) : rest.Length == 0;
    }

    private static bool IsZone(ReadOnlySpan<char> text)
    {
        if (text is "Z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':')
            return false;
        var hours = text[1..3];
        var minutes = text[4..];
        return Number(ref hours, 0, 24, out _) && hours.Length == 0 && Number(ref minutes, 0, 60, out _) && minutes.Length == 0;
    }

    private static int DaysIn(int year, int month) =>
        month switch
        {
            2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
            4 or 6 or 9 or 11 => 30,
            _ => 31,
        };

    // One or two digits.
    private static bool Number(ref ReadOnlySpan<char> text, int least, int most, out int value)
    {
        value = 0;
        var length = 0;
        while (length < 2 && length < text.Length && char.IsAsciiDigit(text[length]))
            value = (value * 10) + text[length++] - '0';
        text = text[length..];
        return length > 0 && value >= least && value <= most;
    }

    private static bool Skip(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.Length == 0 || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }
}
