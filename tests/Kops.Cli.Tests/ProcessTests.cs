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
        var config = await File.ReadAllTextAsync(Path.Combine(directory, "config"), TestContext.Current.CancellationToken);
        Assert.Equal(
            cidrs.Zip(codes).Where(pair => pair.Second.ExitCode == 0).Select(pair => pair.First),
            cidrs.Where(cidr => config.Contains($"- {cidr}\n", StringComparison.Ordinal)));
        Assert.Contains($"generation: {codes.Count(run => run.ExitCode == 0)}\n", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_at_any_moment_the_next_command_finds_all_or_nothing()
    {
        // Where in its life a process is killed is left to chance; the span is measured, so that slow machines are hit in all parts of it too.
        await _desk.CreateAsync("measure.example.com");
        await RunAsync("version");
        var watch = Stopwatch.StartNew();
        await RunAsync("update", "cluster", "measure.example.com", "--yes");
        var life = watch.Elapsed;
        var killed = 0;
        for (var i = 0; i < 12; i++)
        {
            var name = $"c{i}.example.com";
            var directory = await _desk.CreateAsync(name);
            var before = DeskClusters.Snapshot(directory);
            using var process = await StartAsync("update", "cluster", name, "--yes");
            await Task.Delay(life * (0.3 + (0.75 * Random.Shared.NextDouble())), TestContext.Current.CancellationToken);
            if (!process.HasExited) killed++;
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            var looked = await RunAsync("get", "all", name);
            var found = DeskClusters.Snapshot(directory);
            var updated = await RunAsync("update", "cluster", name, "--yes");
            var again = await RunAsync("update", "cluster", name, "--yes");

            Assert.True(looked.ExitCode == 0, looked.Error);
            Assert.True(found.Count == before.Count || found.ContainsKey("cluster-completed.spec"), string.Join(' ', found.Keys));
            Assert.All(before, file => Assert.Equal(file.Value, found[file.Key]));
            Assert.True(updated.ExitCode == 0, updated.Error);
            Assert.Equal("No changes need to be applied\n", again.Out);
        }

        Assert.True(killed > 0, "no process was still alive when it was to be killed");
    }

    [Fact]
    public async Task Ctrl_C_while_an_editor_is_open_is_the_editors()
    {
        await _desk.CreateAsync();
        _desk.UseEditor("touch \"$HOME/open\"; trap 'touch \"$HOME/interrupted\"' INT; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -e \"$HOME/interrupted\" ] && break; sleep 0.1; done; sed -i 's/channel: stable/channel: alpha/' \"$1\"");
        using var process = await StartAsync("edit", "cluster", Name);
        while (!File.Exists(_desk.PathOf("open"))) await Task.Delay(20, TestContext.Current.CancellationToken);

        using (Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("channel: alpha", (await RunAsync("get", "cluster", Name, "-o", "yaml")).Out, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private async Task<Process> StartAsync(params string[] arguments) => Process.Start(await DescribeAsync(arguments))!;

    private async Task<KopsRun> RunAsync(params string[] arguments) => await (await DescribeAsync(arguments)).RunAsync();

    private async Task<ProcessStartInfo> DescribeAsync(string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed and told apart as on Linux");
        var start = new ProcessStartInfo(await NativeBinary.PathOrBuiltAsync(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _desk.Environment) start.Environment[name] = value;
        return start;
    }
}
