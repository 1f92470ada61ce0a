using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Ctrl-C once: the command stops cleanly, and says what was done. (Twice: <see cref="ProcessTests"/>.)</summary>
public sealed class InterruptTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Address = "here://store";
    private readonly Desk _desk = new();
    private readonly MemoryStoreDriver _memory = new(TimeProvider.System);
    private readonly CancellationTokenSource _interrupt = new();
    private string? _last;

    public InterruptTests() =>
        _desk.MoreStores = stores =>
        {
            // Ctrl-C comes when the file of that name has been written.
            var log = StoreLayers.Apply(
                new Store(Address, _memory),
                new StoreLayerOptions
                {
                    Clock = TimeProvider.System,
                    Log = request =>
                    {
                        if (request.Operation == "put" && _last is { } last && request.Path.EndsWith(last, StringComparison.Ordinal))
                            _interrupt.Cancel();
                    },
                }
            );
            var root = log.Root;
            return stores.Add("here", address => address.Length > Address.Length ? root.Join(address[(Address.Length + 1)..]) : root);
        };

    [Fact]
    public async Task A_change_that_is_stopped_in_the_middle_is_taken_back_and_that_is_said()
    {
        await RunAsync("create", "cluster", Name, "--zones", "us-east-1a");
        var before = await FilesAsync();
        _last = "/instancegroup/nodes-us-east-1a";

        var run = await RunAsync(
            "create",
            "cluster",
            Name,
            "--node-size",
            "m5.large",
            "--ssh-public-key",
            _desk.Write("key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEiSzr+uO5Nps93CpLxZFSix8X8hpYGZaPnBaxbc+xf/ me@here\n")
        );

        Assert.True(run.ExitCode == 130, $"{run.ExitCode} {run.Error}");
        Assert.Contains(
            "what was begun on cluster \"demo.example.com\" was changed back: nothing was changed",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await FilesAsync());
    }

    [Fact]
    public async Task Of_several_changes_those_that_were_done_are_named()
    {
        string[] names = ["a.example.com", "b.example.com"];
        var file = _desk.PathOf("both.yaml");
        foreach (var name in names)
            await RunAsync("create", "cluster", name, "--zones", "us-east-1a");
        await File.WriteAllTextAsync(
            file,
            string.Join(
                "\n---\n",
                await Task.WhenAll(
                    names.Select(async name =>
                        (await RunAsync("get", "all", name, "-o", "yaml")).Out.Replace(
                            "channel: stable",
                            "channel: alpha",
                            StringComparison.Ordinal
                        )
                    )
                )
            ),
            TestContext.Current.CancellationToken
        );
        var before = await FilesAsync();
        _last = "pending/b.example.com.json";

        var run = await RunAsync("replace", "-f", file);

        Assert.True(run.ExitCode == 130, $"{run.ExitCode} {run.Error}");
        Assert.Matches("cluster \"b.example.com\" was changed back. Done before, and kept: \\S+ on cluster \"a.example.com\"", run.Error);
        Assert.Equal(["a.example.com/config"], (await FilesAsync()).Where(pair => before[pair.Key] != pair.Value).Select(pair => pair.Key));
    }

    [Fact]
    public async Task A_command_that_waits_for_its_input_stops()
    {
        using var input = new EndlessReader();
        var running = _desk.RunAsync(input, ["create", "-f", "-"], _interrupt.Token);
        await input.Asked;

        await _interrupt.CancelAsync();
        var run = await running;

        Assert.True(run.ExitCode == 130, $"{run.ExitCode} {run.Error}");
        Assert.Contains("nothing more was changed", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _desk.Dispose();
    }

    private Task<KopsRun> RunAsync(params string[] arguments) =>
        _desk.RunAsync(new StringReader(string.Empty), [.. arguments, "--state", Address], _interrupt.Token);

    private async Task<Dictionary<string, string>> FilesAsync()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in new Store(Address, _memory).Root.ListTreeAsync(TestContext.Current.CancellationToken))
        {
            if (!entry.Path.Key.StartsWith(".kops/", StringComparison.Ordinal))
                files[entry.Path.Key] = (await entry.Path.ReadTextAsync(TestContext.Current.CancellationToken))!;
        }

        return files;
    }

    /// <summary>Input that somebody never ends.</summary>
    private sealed class EndlessReader : TextReader
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _end = new();

        public Task Asked => _asked.Task;

        public override string ReadToEnd()
        {
            _asked.TrySetResult();
            _end.Wait();
            return string.Empty;
        }

        protected override void Dispose(bool disposing)
        {
            _end.Set();
            base.Dispose(disposing);
        }
    }
}
