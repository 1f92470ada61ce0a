using System.Globalization;
using Kops.Templates.Faults;
using Kops.Templates.Times;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>
/// sprig's functions of dates and durations, with Go's layouts. Without a clock the local zone is UTC, and there is no now.
/// </summary>
internal static class DateFunctions
{
    private const ParameterType Str = ParameterType.Text;
    private const string HtmlLayout = "2006-01-02";

    public static void AddTo(FunctionTable table, TimeProvider? clock)
    {
        var local = clock?.LocalTimeZone ?? TimeZoneInfo.Utc;
        table.Add("date", [Str, Any], a => In(a[1], local, clock).Format(a.Text(0)));
        table.Add("htmlDate", [Any], a => In(a[0], local, clock).Format(HtmlLayout));
        table.Add("htmlDateInZone", [Any, Str], a => In(a[0], Zone(a.Text(1), local), clock).Format(HtmlLayout));
        Twice(table, "dateInZone", "date_in_zone", [Str, Any, Str], a => In(a[1], Zone(a.Text(2), local), clock).Format(a.Text(0)));
        Twice(table, "dateModify", "date_modify", [Str, Struct], a => Value.Of(Modify(a.Text(0), a[1]) ?? Time(a[1])));
        Twice(
            table,
            "mustDateModify",
            "must_date_modify",
            [Str, Struct],
            a =>
                Value.Of(
                    Modify(a.Text(0), a[1]) ?? throw new FunctionException($"time: invalid duration {Formatting.GoQuote.Quote(a.Text(0))}")
                )
        );
        table.Add(
            "toDate",
            [Str, Str],
            a => Value.Of(GoTimeReader.Read(a.Text(0), a.Text(1), local) ?? new TimeValue(DateTimeOffset.MinValue, "UTC"))
        );
        table.Add(
            "mustToDate",
            [Str, Str],
            a => Value.Of(GoTimeReader.Read(a.Text(0), a.Text(1), local) ?? throw Unreadable(a.Text(0), a.Text(1)))
        );
        table.Add("unixEpoch", [Struct], a => Time(a[0]).Moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        table.Add("duration", [Any], a => GoDuration.Format(Seconds(a[0])));
        table.Add("durationRound", [Any], a => Rounded(Nanoseconds(a[0], clock)));
        if (clock is null)
            return;
        table.Add("now", [], _ => Value.Of(TimeValue.In(clock.GetUtcNow(), local)));
        table.Add("ago", [Any], a => Ago(clock.GetUtcNow() - In(a[0], local, clock).Moment));
    }

    private static void Twice(FunctionTable table, string name, string oldName, ParameterType[] parameters, FunctionBody body) =>
        table.Add(name, parameters, body).Add(oldName, parameters, body);

    private static TimeValue In(Value value, TimeZoneInfo zone, TimeProvider? clock)
    {
        if (value.Kind == ValueKind.Object && value.Object is TimeValue time)
            return TimeValue.In(time.Moment, zone);
        if (value.IsSigned && !value.IsPointer)
            return TimeValue.OfUnix(value.Signed, zone);
        return clock is null
            ? throw new FunctionException(
                $"a value of type {value.TypeName} is not a time, and there is no clock that would tell the present one"
            )
            : TimeValue.In(clock.GetUtcNow(), zone);
    }

    // As Go: a zone that is not known is UTC.
    private static TimeZoneInfo Zone(string name, TimeZoneInfo local) =>
        name switch
        {
            "Local" => local,
            "" or "UTC" => TimeZoneInfo.Utc,
            _ => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc,
        };

    private static TimeValue Time(Value value) =>
        value.Object as TimeValue ?? throw new FunctionException($"wrong type for value; expected time.Time; got {value.TypeName}");

    private static TimeValue? Modify(string duration, Value time) =>
        GoDuration.Parse(duration) is { } length ? Time(time).Add(length) : null;

    private static long Seconds(Value value) =>
        Times(
            value.IsString ? Numbers.Parse(value.Text, 10) ?? 0
            : value is { IsSigned: true, IsPointer: false } ? value.Signed
            : 0
        );

    private static long Times(long seconds) => unchecked(seconds * GoDuration.Second);

    private static long Nanoseconds(Value value, TimeProvider? clock)
    {
        if (value.IsString)
            return GoDuration.Parse(value.Text) ?? 0;
        if (value is { Kind: ValueKind.Int64, IsPointer: false })
            return value.Signed;
        return clock is not null && value.Kind == ValueKind.Object && value.Object is TimeValue time
            ? (clock.GetUtcNow() - time.Moment).Ticks * 100
            : 0;
    }

    private static string Rounded(long nanoseconds)
    {
        const ulong hour = (ulong)GoDuration.Hour;
        var size = nanoseconds < 0 ? 0 - (ulong)nanoseconds : (ulong)nanoseconds;
        (ulong Unit, string Name)[] units =
        [
            (hour * 24 * 365, "y"),
            (hour * 24 * 30, "mo"),
            (hour * 24, "d"),
            (hour, "h"),
            ((ulong)GoDuration.Minute, "m"),
            ((ulong)GoDuration.Second, "s"),
        ];
        foreach (var (unit, name) in units)
        {
            if (size > unit)
                return (size / unit).ToString(CultureInfo.InvariantCulture) + name;
        }

        return "0s";
    }

    private static string Ago(TimeSpan span) =>
        GoDuration.Format((long)Math.Round(span.TotalSeconds, MidpointRounding.AwayFromZero) * GoDuration.Second);

    private static FunctionException Unreadable(string layout, string text) =>
        new($"parsing time {Formatting.GoQuote.Quote(text)} as {Formatting.GoQuote.Quote(layout)}: cannot parse");
}
