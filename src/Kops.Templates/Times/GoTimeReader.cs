using System.Globalization;

namespace Kops.Templates.Times;

/// <summary>Reads a time that is written as a layout shows.</summary>
internal ref struct GoTimeReader
{
    private readonly string _text;
    private int _at;
    private int _year = 1;
    private int _month = 1;
    private int _day = 1;
    private int _dayOfYear;
    private int _hour;
    private int _minute;
    private int _second;
    private long _ticks;
    private bool? _isAfternoon;
    private TimeSpan? _offset;
    private string? _zone;

    private GoTimeReader(string text) => _text = text;

    /// <summary>The time; null where the text does not follow the layout, or names a time that there is not.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="text">The text.</param>
    /// <param name="local">The time zone of a text that names none.</param>
    public static TimeValue? Read(string layout, string text, TimeZoneInfo local)
    {
        var reader = new GoTimeReader(text);
        for (var at = 0; at < layout.Length; )
        {
            var part = GoLayout.Next(layout, at);
            at += part.Text.Length;
            if (!(part.IsText ? reader.Literal(part.Text[0]) : reader.Part(part.Text)))
                return null;
        }

        return reader._at == text.Length ? reader.Result(local) : null;
    }

    private readonly TimeValue? Result(TimeZoneInfo local)
    {
        var hour =
            _isAfternoon is null ? _hour
            : _isAfternoon.Value ? _hour % 12 + 12
            : _hour % 12;
        if (_year is < 1 or > 9999 || _month is < 1 or > 12 || hour > 23 || _minute > 59 || _second > 59)
            return null;
        if (_dayOfYear == 0 && (_day < 1 || _day > DateTime.DaysInMonth(_year, _month)))
            return null;
        if (_dayOfYear > (DateTime.IsLeapYear(_year) ? 366 : 365))
            return null;
        var day = _dayOfYear > 0 ? new DateTime(_year, 1, 1).AddDays(_dayOfYear - 1) : new DateTime(_year, _month, _day);
        var clock = day.AddTicks(new TimeSpan(hour, _minute, _second).Ticks + _ticks);
        var offset = _offset ?? (_zone is "UTC" or "GMT" ? TimeSpan.Zero : local.GetUtcOffset(clock));
        if (
            offset.Duration() > TimeSpan.FromHours(14)
            || clock.Ticks < offset.Ticks
            || clock.Ticks - offset.Ticks > DateTime.MaxValue.Ticks
        )
            return null;
        var moment = new DateTimeOffset(clock, offset);
        if (_offset is null && _zone is null)
            return TimeValue.In(moment, local);
        return offset == TimeSpan.Zero ? new TimeValue(moment, "UTC") : new TimeValue(moment, _zone ?? GoLayout.Offset(offset, "-0700"));
    }

    private bool Literal(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private bool Part(string part)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        switch (part)
        {
            case "January":
                return Name(names.MonthNames.AsSpan(0, 12), out _month);
            case "Jan":
                return Name(names.AbbreviatedMonthNames.AsSpan(0, 12), out _month);
            case "Monday":
                return Name(names.DayNames, out _);
            case "Mon":
                return Name(names.AbbreviatedDayNames, out _);
            case "MST":
                return Zone();
            case "2006":
                return Number(4, 4, out _year);
            case "06":
                if (!Number(2, 2, out _year))
                    return false;
                _year += _year >= 69 ? 1900 : 2000;
                return true;
            case "01":
                return Number(2, 2, out _month);
            case "1":
                return Number(1, 2, out _month);
            case "02":
                return Number(2, 2, out _day);
            case "2":
                return Number(1, 2, out _day);
            case "_2":
                if (_at < _text.Length && _text[_at] == ' ')
                    _at++;
                return Number(1, 2, out _day);
            case "__2" or "002":
                while (part == "__2" && _at < _text.Length && _text[_at] == ' ')
                    _at++;
                return Number(part == "002" ? 3 : 1, 3, out _dayOfYear) && _dayOfYear > 0;
            case "15":
                return Number(2, 2, out _hour);
            case "03":
                return Number(2, 2, out _hour) && _hour <= 12;
            case "3":
                return Number(1, 2, out _hour) && _hour <= 12;
            case "04":
                return Number(2, 2, out _minute);
            case "4":
                return Number(1, 2, out _minute);
            case "05":
                return Number(2, 2, out _second) && OptionalFraction();
            case "5":
                return Number(1, 2, out _second) && OptionalFraction();
            case "PM" or "pm":
                return Half(part);
            case [('.' or ','), ..]:
                return Fraction(part[1] == '9' ? 0 : part.Length - 1);
            default:
                return ReadOffset(part);
        }
    }

    private bool Number(int least, int most, out int value)
    {
        value = 0;
        var start = _at;
        while (_at < _text.Length && _at - start < most && char.IsAsciiDigit(_text[_at]))
            value = value * 10 + _text[_at++] - '0';
        return _at - start >= least;
    }

    private bool Name(ReadOnlySpan<string> names, out int number)
    {
        for (number = 1; number <= names.Length; number++)
        {
            var name = names[number - 1];
            if (string.Compare(_text, _at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0)
                continue;
            _at += name.Length;
            return true;
        }

        return false;
    }

    private bool Zone()
    {
        var end = _at;
        while (end < _text.Length && end - _at < 5 && char.IsAsciiLetterUpper(_text[end]))
            end++;
        if (end - _at < 3)
            return false;
        _zone = _text[_at..end];
        _at = end;
        return true;
    }

    private bool Half(string part)
    {
        var (morning, afternoon) = part == "PM" ? ("AM", "PM") : ("am", "pm");
        if (_at + 2 > _text.Length || _text.Substring(_at, 2) is var half && half != morning && half != afternoon)
            return false;
        _isAfternoon = _text.Substring(_at, 2) == afternoon;
        _at += 2;
        return true;
    }

    // A fraction may follow the seconds even where the layout shows none.
    private bool OptionalFraction()
    {
        if (_at + 1 >= _text.Length || _text[_at] is not ('.' or ',') || !char.IsAsciiDigit(_text[_at + 1]))
            return true;
        return Fraction(0);
    }

    private bool Fraction(int digits)
    {
        if (_at >= _text.Length || _text[_at] is not ('.' or ','))
            return digits == 0;
        var start = ++_at;
        var unit = TimeSpan.TicksPerSecond / 10;
        for (_ticks = 0; _at < _text.Length && char.IsAsciiDigit(_text[_at]); unit /= 10)
            _ticks += (_text[_at++] - '0') * unit;
        return _at > start && (digits == 0 || _at - start == digits);
    }

    private bool ReadOffset(string part)
    {
        if (part[0] == 'Z' && _at < _text.Length && _text[_at] == 'Z')
        {
            _at++;
            _offset = TimeSpan.Zero;
            return true;
        }

        if (_at >= _text.Length || _text[_at] is not ('+' or '-'))
            return false;
        var isNegative = _text[_at++] == '-';
        var hasColons = part.Contains(':', StringComparison.Ordinal);
        Span<int> fields = stackalloc int[3];
        for (var i = 0; i < part.Count(char.IsAsciiDigit) / 2; i++)
        {
            if ((i > 0 && hasColons && !Literal(':')) || !Number(2, 2, out fields[i]))
                return false;
        }

        var offset = new TimeSpan(fields[0], fields[1], 0);
        _offset = isNegative ? -offset : offset;
        return true;
    }
}
