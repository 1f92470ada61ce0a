using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// A cluster of AWS from before network load balancers: its file names no class, which kOps 1.37 refuses as much as Classic.
/// </summary>
public sealed class OldLoadBalancerTests : IDisposable
{
    private const string Name = DeskClusters.Name;

    private readonly Desk _desk = new();

    [Theory]
    [InlineData("      class: Network\n")]
    [InlineData("  api:\n    loadBalancer:\n      class: Network\n      type: Public\n")]
    public async Task It_is_read_but_not_updated_until_its_class_is_said(string missing)
    {
        var directory = await _desk.CreateAsync(Name, "--topology", "private", "--networking", "calico");
        var config = Path.Combine(directory, "config");
        var text = await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken);
        Assert.Contains(missing, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            config,
            text.Replace(missing, string.Empty, StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var read = await _desk.RunAsync("get", "cluster", Name, "-o", "yaml");
        var refused = await _desk.RunAsync("update", "cluster", Name, "--yes");
        var set = await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.api.loadBalancer.class=Network");
        var updated = await _desk.RunAsync("update", "cluster", Name, "--yes");

        Assert.Equal((0, 1, 0, 0), (read.ExitCode, refused.ExitCode, set.ExitCode, updated.ExitCode));
        Assert.Contains("spec.api.loadBalancer.class", refused.Error, StringComparison.Ordinal);
        Assert.Contains("set class to Network", refused.Error, StringComparison.Ordinal);
        Assert.False(DeskClusters.Snapshot(directory)["cluster-completed.spec"].Contains("Classic", StringComparison.Ordinal));
    }

    public void Dispose() => _desk.Dispose();
}
