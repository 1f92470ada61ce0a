using Kops.Templates.Faults;
using Kops.Templates.Values;

namespace Kops.Templates.Times;

/// <summary>A moment in a time zone, as templates see Go's <c>time.Time</c>: <c>.Format</c>, <c>.Year</c>, <c>.Unix</c>, ...</summary>
internal sealed class TimeValue(DateTimeOffset moment, string zone) : ITemplateObject
{
    private const string StringLayout = "2006-01-02 15:04:05.999999999 -0700 MST";

    public DateTimeOffset Moment { get; } = moment;

    /// <summary>The short name of the zone at this moment.</summary>
    public string Zone { get; } = zone;

    public string TypeName => "time.Time";

    public string Text => Format(StringLayout);

    /// <summary>The same moment in a time zone.</summary>
    public static TimeValue In(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone);
        if (zone.Equals(TimeZoneInfo.Utc))
            return new TimeValue(local, "UTC");
        var name = zone.IsDaylightSavingTime(local) ? zone.DaylightName : zone.StandardName;
        var isShort = name.Length is >= 3 and <= 5 && name.All(char.IsAsciiLetterUpper);
        return new TimeValue(local, isShort ? name : GoLayout.Offset(local.Offset, "-07"));
    }

    public static TimeValue OfUnix(long seconds, TimeZoneInfo zone)
    {
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw new FunctionException($"{seconds} seconds since 1970 lie outside the years 1 to 9999");
        return In(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
    }

    public TimeValue Add(long nanoseconds)
    {
        try
        {
            return new TimeValue(Moment.AddTicks(nanoseconds / 100), Zone);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FunctionException("the time lies outside the years 1 to 9999", error);
        }
    }

    public string Format(string layout) => GoLayout.Format(layout, Moment, Zone);

    public bool TryGetField(string name, out Value value)
    {
        value = Value.Nil;
        return false;
    }

    public bool TryGetMethod(string name, out TemplateFunction method)
    {
        method = name switch
        {
            "Format" => new TemplateFunction([ParameterType.Text], a => Format(a.Text(0))),
            "String" => Method(Text),
            "Unix" => Method(Moment.ToUnixTimeSeconds()),
            "UnixMilli" => Method(Moment.ToUnixTimeMilliseconds()),
            "Year" => Method(Moment.Year),
            "Month" => Method(Format("January")),
            "Day" => Method(Moment.Day),
            "Hour" => Method(Moment.Hour),
            "Minute" => Method(Moment.Minute),
            "Second" => Method(Moment.Second),
            "Weekday" => Method(Format("Monday")),
            "YearDay" => Method(Moment.DayOfYear),
            "IsZero" => Method(Moment.UtcTicks == 0),
            "UTC" => Method(Value.Of(In(Moment, TimeZoneInfo.Utc))),
            _ => null!,
        };
        return method is not null;
    }

    private static TemplateFunction Method(Value value) => new([], _ => value);
}
