using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// <c>create cluster</c> of a cluster that is there: what the flags say otherwise than the last time is changed, in what they made. Groups
/// that somebody added or took away since are neither counted nor touched.
/// </summary>
public sealed class CreateAgainTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Fact]
    public async Task Machines_are_dealt_to_the_groups_that_flags_made()
    {
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a,us-east-1b", "--node-count", "4", "--node-size", "m5.large");
        await DoneAsync("create", "instancegroup", "gpu", "--name", Name, "--subnet", "us-east-1a", "--edit=false");
        await DoneAsync("edit", "instancegroup", "gpu", "--name", Name, "--set", "spec.machineType=p3.2xlarge");
        var gpu = Group("gpu");

        var more = await DoneAsync("create", "cluster", Name, "--node-count", "5");

        Assert.Contains("minSize: 3\n", Group("nodes-us-east-1a"), StringComparison.Ordinal);
        Assert.Contains("minSize: 2\n", Group("nodes-us-east-1b"), StringComparison.Ordinal);
        Assert.Contains(
            "instance group gpu was not made by flags, and stays as it is: 'kops edit instancegroup gpu' changes it",
            more.Error,
            StringComparison.Ordinal
        );
        await DoneAsync("create", "cluster", Name, "--node-size", "m5.xlarge", "--node-volume-size", "50");
        Assert.Contains("machineType: m5.xlarge\n", Group("nodes-us-east-1a"), StringComparison.Ordinal);
        Assert.Equal(gpu, Group("gpu"));
    }

    [Fact]
    public async Task A_group_that_was_taken_away_holds_up_no_flag()
    {
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a,us-east-1b", "--node-count", "2");
        await DoneAsync("delete", "instancegroup", "nodes-us-east-1b", "--name", Name, "--yes");

        var same = await DoneAsync("create", "cluster", Name, "--node-count", "2");
        Assert.Contains("minSize: 1\n", Group("nodes-us-east-1a"), StringComparison.Ordinal);
        Assert.Contains("ask for nothing new", same.Out, StringComparison.Ordinal);
        await DoneAsync("create", "cluster", Name, "--node-count", "4");

        Assert.Contains("minSize: 4\n", Group("nodes-us-east-1a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_somebody_edited_is_still_a_conflict()
    {
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--node-count", "2");
        await DoneAsync(
            "edit",
            "instancegroup",
            "nodes-us-east-1a",
            "--name",
            Name,
            "--set",
            "spec.maxSize=10",
            "--set",
            "spec.minSize=10"
        );

        var same = await DoneAsync("create", "cluster", Name, "--node-count", "2");
        var other = await _desk.RunAsync("create", "cluster", Name, "--node-count", "3");

        Assert.Contains("minSize: 10\n", Group("nodes-us-east-1a"), StringComparison.Ordinal);
        Assert.Contains("ask for nothing new", same.Out, StringComparison.Ordinal);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("the flags said 2, it is 10, and they say 3 now", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_balancer_that_is_asked_for_later_is_as_a_new_cluster_has_it()
    {
        await DoneAsync("create", "cluster", Name, "--zones", "us-east-1a", "--dns", "public", "--dns-zone", "example.com");

        await DoneAsync("create", "cluster", Name, "--api-loadbalancer-type", "public");

        Assert.Contains(
            "  api:\n    loadBalancer:\n      class: Network\n      type: Public\n",
            await File.ReadAllTextAsync(_desk.PathOf($".kops/state/{Name}/config"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _desk.Dispose();

    private string Group(string name) => File.ReadAllText(_desk.PathOf($".kops/state/{Name}/instancegroup/{name}"));

    private async Task<KopsRun> DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
