using Kops.Cli.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>What a command does when somebody else changes the cluster between its read and its write.</summary>
public sealed class BusyClusterTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private const string Address = "here://store";
    private readonly Desk _desk = new();
    private readonly VfsPath _config;
    private readonly Queue<(string Old, string New)> _others = [];

    public BusyClusterTests()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        _config = new Store(Address, memory).Root.Join(Name, "config");
        // Somebody else's edit comes with the command's own record, after it has read.
        var log = StoreLayers.Apply(
            new Store(Address, memory),
            new StoreLayerOptions
            {
                Clock = TimeProvider.System,
                Log = request =>
                {
                    if (request.Operation != "put" || !request.Path.Contains("/pending/", StringComparison.Ordinal) || _others.Count == 0)
                        return;
                    var (old, now) = _others.Dequeue();
                    var text = _config.ReadTextAsync(TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult()!;
                    Assert.Contains(old, text, StringComparison.Ordinal);
                    _config
                        .WriteTextAsync(
                            text.Replace(old, now, StringComparison.Ordinal),
                            WriteCondition.Any,
                            TestContext.Current.CancellationToken
                        )
                        .AsTask()
                        .GetAwaiter()
                        .GetResult();
                },
            }
        );
        var root = log.Root;
        _desk.MoreStores = stores =>
            stores.Add("here", address => address.Length > Address.Length ? root.Join(address[(Address.Length + 1)..]) : root);
    }

    [Fact]
    public async Task Fields_are_set_in_what_somebody_else_made_of_the_cluster_meanwhile()
    {
        await RunAsync("create", "cluster", Name, "--zones", "us-east-1a");
        _others.Enqueue(("  channel: stable\n", "  channel: stable\n  sshKeyName: hers\n"));

        var run = await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("  spec.channel: stable -> alpha\n", run.Out);
        Assert.Contains("nothing was written, and it is read afresh (1 of 5)", run.Error, StringComparison.Ordinal);
        var text = await TextAsync();
        Assert.Contains("sshKeyName: hers\n", text, StringComparison.Ordinal);
        Assert.Contains("channel: alpha\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_both_set_stays_a_conflict_with_its_three_values()
    {
        await RunAsync("create", "cluster", Name, "--zones", "us-east-1a");
        _others.Enqueue(("  channel: stable\n", "  channel: beta\n"));

        var run = await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("spec.channel: was stable, yours is alpha, theirs is beta", run.Error, StringComparison.Ordinal);
        Assert.Contains("channel: beta\n", await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_in_an_editor_is_not_tried_again()
    {
        await RunAsync("create", "cluster", Name, "--zones", "us-east-1a");
        _desk.UseEditor("sed -i 's/channel: stable/channel: alpha/' \"$1\"");
        _others.Enqueue(("  channel: stable\n", "  channel: stable\n  sshKeyName: hers\n"));

        var run = await RunAsync("edit", "cluster", Name);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("spec.sshKeyName: hers", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("read afresh", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_that_then_does_something_else_shows_that_and_does_it()
    {
        var run = await UpdateOvertakenByAsync("  channel: alpha\n", "  channel: beta\n");

        Assert.True(run.ExitCode == 0, run.Error);
        var shown = run.Out.Split("Changing:");
        Assert.Equal(3, shown.Length);
        Assert.Contains("spec.channel: stable -> alpha", shown[1], StringComparison.Ordinal);
        Assert.Contains("spec.channel: stable -> beta", shown[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_whose_plan_stays_the_same_shows_it_once()
    {
        var run = await UpdateOvertakenByAsync("kind: Cluster\n", "kind: Cluster \n");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("read afresh", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Out.Split("Changing:").Length);
    }

    /// <summary>Updates a cluster whose channel was edited, while somebody else makes another text of its file.</summary>
    private async Task<KopsRun> UpdateOvertakenByAsync(string old, string now)
    {
        await RunAsync("create", "cluster", Name, "--zones", "us-east-1a");
        Assert.Equal(0, (await RunAsync("update", "cluster", Name, "--yes")).ExitCode);
        await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        _others.Enqueue((old, now));
        return await RunAsync("update", "cluster", Name, "--yes");
    }

    public void Dispose() => _desk.Dispose();

    private Task<KopsRun> RunAsync(params string[] arguments) => _desk.RunAsync([.. arguments, "--state", Address]);

    private async Task<string> TextAsync() => (await _config.ReadTextAsync(TestContext.Current.CancellationToken))!;
}
