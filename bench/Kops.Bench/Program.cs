using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Kops.Bench;

// Kops.Bench NAME RUNS -- COMMAND...: runs a whole process RUNS times (after two that do not count) and prints a row of a table.
// {run} in an argument becomes the number of the run.
if (args.Length < 4 || args[2] != "--")
{
    Console.Error.WriteLine("usage: Kops.Bench NAME RUNS -- COMMAND [ARGUMENT...]");
    return 2;
}

var (name, count, command) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[3..]);
var environment = Environment
    .GetEnvironmentVariables()
    .Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
var runs = Enumerable.Range(1, count + 2).Select(run => ProcessRun.Measure(Numbered(run), environment)).ToArray()[2..];
if (runs.FirstOrDefault(run => run.ExitCode != 0) is { ExitCode: not 0 } failed)
{
    Console.Error.WriteLine($"{string.Join(' ', command)}: exit code {failed.ExitCode}");
    return 1;
}

var (peak, faults) = Memory(Numbered(count + 3));
var times = runs.Select(run => run.Milliseconds).Order().ToArray();
Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {times[0]:0.0} | {times[times.Length / 2]:0.0} | {times[(times.Length - 1) * 9 / 10]:0.0} | {peak:0.0} | {faults} |"
    )
);
return 0;

string[] Numbered(int run) => [.. command.Select(word => word.Replace("{run}", $"{run}", StringComparison.Ordinal))];

// GNU time's figures: a child that this program spawns itself would start with this program's memory in its peak.
static (double PeakMegabytes, long PageFaults) Memory(string[] command)
{
    var report = Path.GetTempFileName();
    string[] timed = ["/usr/bin/time", "--format", "%M %R", "--output", report, .. command];
    using var process = Process.Start(
        new ProcessStartInfo(timed[0], timed[1..]) { RedirectStandardOutput = true, RedirectStandardError = true }
    )!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    _ = process.StandardError.ReadToEnd();
    process.WaitForExit();
    var figures = File.ReadLines(report).Last().Split(' ').Select(figure => long.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
    File.Delete(report);
    return (figures[0] * 1024 / 1e6, figures[1]);
}
