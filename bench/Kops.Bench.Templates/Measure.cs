namespace Kops.Bench.Templates;

/// <summary>
/// How long something takes: in processor time, collecting garbage included, so that other work on the machine does not count; the best of
/// several rounds.
/// </summary>
internal static class Measure
{
    private const int Rounds = 9;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(300);

    /// <returns>Microseconds.</returns>
    public static double Print(string name, Action action)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var (count, start, spent) = (0, Environment.CpuUsage.TotalTime, TimeSpan.Zero);
            do
            {
                action();
                count++;
                spent = Environment.CpuUsage.TotalTime - start;
            } while (spent < LeastTime);
            if (spent / count < best)
                best = spent / count;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine($"{name, -24} {best.TotalMicroseconds, 8:F0} µs {allocated / 1024, 6} KB allocated");
        return best.TotalMicroseconds;
    }
}
