namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// The clock of one process: it stands until the scheduler moves it, and a process that sleeps is woken by the scheduler.
/// </summary>
internal sealed class ExploredClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private Action? _sleep;

    public TimeSpan Passed { get; private set; }

    public bool IsAsleep => _sleep is not null;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Passed;

    public override long GetTimestamp() => Passed.Ticks;

    public void Wake(TimeSpan passed)
    {
        Passed += passed;
        var wake = _sleep!;
        _sleep = null;
        wake();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _sleep = () => callback(state);
        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
