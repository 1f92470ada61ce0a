using System.Diagnostics;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Several processes at one store, and processes that are killed.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Fact]
    public async Task Of_processes_that_edit_one_cluster_each_wins_or_is_told_of_a_conflict()
    {
        var directory = await _desk.CreateAsync();
        string[] cidrs = [.. Enumerable.Range(1, 6).Select(i => $"10.{i}.0.0/16")];

        var codes = await Task.WhenAll(cidrs.Select(cidr => RunAsync("edit", "cluster", Name, "--set", $"spec.sshAccess={cidr}")));

        Assert.All(codes, run => Assert.True(run.ExitCode is 0 or 3, run.Error));
        Assert.Contains(codes, run => run.ExitCode == 0);
        Assert.All(
            codes.Where(run => run.ExitCode == 3),
            run => Assert.Matches(@"demo\.example\.com/config was changed:\n(.*\n)*.*spec\.sshAccess", run.Error)
        );
        var config = await File.ReadAllTextAsync(Path.Combine(directory, "config"), TestContext.Current.CancellationToken);
        Assert.Equal(
            cidrs.Zip(codes).Where(pair => pair.Second.ExitCode == 0).Select(pair => pair.First),
            cidrs.Where(cidr => config.Contains($"- {cidr}\n", StringComparison.Ordinal))
        );
        Assert.Contains($"generation: {codes.Count(run => run.ExitCode == 0)}\n", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_an_editor_is_open_is_the_editors()
    {
        await _desk.CreateAsync();
        _desk.UseEditor(
            "touch \"$HOME/open\"; trap 'touch \"$HOME/interrupted\"' INT; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; "
                + "do [ -e \"$HOME/interrupted\" ] && break; sleep 0.1; done; sed -i 's/channel: stable/channel: alpha/' \"$1\""
        );
        using var process = await StartAsync("edit", "cluster", Name);
        while (!File.Exists(_desk.PathOf("open")))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await InterruptAsync(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("channel: alpha", (await RunAsync("get", "cluster", Name, "-o", "yaml")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_twice_ends_a_command_that_hangs()
    {
        // Opening a pipe that nobody writes to waits for ever, and cannot be asked to stop.
        using (var pipe = Process.Start("mkfifo", [_desk.PathOf("pipe")]))
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _desk.CreateAsync();
        _desk.Environment["KOPS_CLOUD_FACTS"] = _desk.PathOf("pipe");
        using var process = await StartAsync("update", "cluster", Name);
        await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        for (var (last, now) = ("", "?"); now is null || now != last; (last, now) = (now, Opening(process)))
            await Task.Delay(50, TestContext.Current.CancellationToken);

        await InterruptAsync(process);
        var said =
            await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)
            + await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        var isAlive = !process.HasExited;
        // What comes within a second of the first is the same one.
        while (!process.HasExited)
        {
            await InterruptAsync(process);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal("Stopping cleanly; once more stops at once.", said);
        Assert.True(isAlive);
        Assert.Equal(130, process.ExitCode);
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>The call by which a thread of the process opens a file right now; null when there is none.</summary>
    private static string? Opening(Process process)
    {
        var call =
            System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.Arm64
                ? "56 "
                : "257 ";
        return Directory
            .GetDirectories($"/proc/{process.Id}/task")
            .Select(task => File.ReadAllText($"{task}/syscall"))
            .FirstOrDefault(line => line.StartsWith(call, StringComparison.Ordinal));
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Process> StartAsync(params string[] arguments) => Process.Start(await DescribeAsync(arguments))!;

    private async Task<KopsRun> RunAsync(params string[] arguments) => await (await DescribeAsync(arguments)).RunAsync();

    private async Task<ProcessStartInfo> DescribeAsync(string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed and told apart as on Linux");
        var start = new ProcessStartInfo(await NativeBinary.PathOrBuiltAsync(), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        return start;
    }
}
