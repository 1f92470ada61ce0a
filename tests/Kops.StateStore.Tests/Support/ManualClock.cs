namespace Kops.StateStore.Tests.Support;

/// <summary>A clock that stands still until it is moved. Timers run in real time, and time that is measured passes in either way.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private long _moved;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _moved);

    public void Advance(TimeSpan time)
    {
        _now += time;
        Interlocked.Add(ref _moved, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
