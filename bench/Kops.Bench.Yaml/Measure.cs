using System.Diagnostics;

namespace Kops.Bench.Yaml;

/// <summary>How fast something goes through bytes: the best of several rounds, as other work on the machine only ever slows it down.</summary>
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
            var (count, watch) = (0, Stopwatch.StartNew());
            do
            {
                action();
                count++;
            }
            while (watch.Elapsed < LeastTime);
            var one = watch.Elapsed / count;
            if (one < best) best = one;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / bytes;
        Console.WriteLine($"{name,-52} {bytes / best.TotalSeconds / 1e6,8:F1} MB/s {best.TotalMilliseconds,8:F2} ms {allocated,6:F1} B allocated per byte");
    }
}
