using System.Globalization;

namespace Kops.Vfs.Conformance.Servers;

/// <summary>A clock on which every wait is over at once, and has taken as long as it should.</summary>
public sealed class SteppingClock : TimeProvider
{
    private long _now;

    /// <summary>The waits between tries, in order.</summary>
    public IList<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture).AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The limits of requests are timers, too; they are much longer than any wait between two.
        if (dueTime >= TimeSpan.FromSeconds(40) || dueTime < TimeSpan.Zero)
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Waits.Add(dueTime);
        Interlocked.Add(ref _now, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
