namespace Kops.Bench.Yaml;

/// <summary>
/// How fast something goes through bytes: in processor time, collecting garbage included, so that other work on the machine does not
/// count; the best of several rounds.
/// </summary>
internal static class Measure
{
    private const int Rounds = 7;
    private static readonly TimeSpan LeastTime = TimeSpan.FromMilliseconds(300);

    public static void Print(string name, long bytes, Action action)
    {
        action();
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
        var allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / bytes;
        Console.WriteLine(
            $"{name, -52} {bytes / best.TotalSeconds / 1e6, 8:F1} MB/s {best.TotalMilliseconds, 8:F2} ms {allocated, 6:F1} B allocated "
                + $"per byte"
        );
    }
}
