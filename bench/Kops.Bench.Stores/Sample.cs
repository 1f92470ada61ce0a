using System.Diagnostics;

namespace Kops.Bench.Stores;

/// <summary>What one thing cost, each time that it was done.</summary>
/// <param name="Microseconds">Time.</param>
/// <param name="Bytes">Allocated, by all threads.</param>
/// <param name="Processor">Microseconds of processor time of this process.</param>
internal readonly record struct Sample(double Microseconds, double Bytes, double Processor)
{
    /// <summary>Does something as often as is said, so many at a time.</summary>
    public static async Task<Sample> TakeAsync(int count, int atOnce, Func<int, Task> act)
    {
        GC.Collect();
        var (allocated, processor, start) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        if (atOnce == 1)
            for (var i = 0; i < count; i++)
                await act(i);
        else
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) => await act(i));
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(
            elapsed.TotalMicroseconds / count,
            (GC.GetTotalAllocatedBytes() - allocated) / (double)count,
            (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / count
        );
    }

    /// <summary>The least of each figure: what other work on the machine has added is in the others.</summary>
    public static Sample Best(IReadOnlyCollection<Sample> samples) =>
        new(samples.Min(sample => sample.Microseconds), samples.Min(sample => sample.Bytes), samples.Min(sample => sample.Processor));
}
