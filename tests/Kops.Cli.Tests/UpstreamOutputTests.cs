using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>On a store that kOps wrote, commands print what kOps prints, to the byte.</summary>
public sealed class UpstreamOutputTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("get-cluster.txt", "get", "cluster", Fixtures.Cluster)]
    [InlineData("get-cluster.txt", "get", "clusters", "--name", Fixtures.Cluster)]
    [InlineData("get-ig.txt", "get", "ig", "--name", Fixtures.Cluster)]
    [InlineData("get-ig.txt", "get", "instancegroups", "--name", Fixtures.Cluster)]
    [InlineData("get-all.txt", "get", "all", Fixtures.Cluster)]
    [InlineData("get-all.txt", "get", Fixtures.Cluster)]
    [InlineData("get-keypairs.txt", "get", "keypairs", "--name", Fixtures.Cluster)]
    [InlineData("get-secrets.txt", "get", "secrets", "--name", Fixtures.Cluster)]
    [InlineData("get-ssh.txt", "get", "sshpublickeys", Fixtures.Cluster)]
    [InlineData("get-all.yaml", "get", "all", Fixtures.Cluster, "-o", "yaml")]
    [InlineData("get-all.yaml", "get", "all", "-oyaml", "--name=" + Fixtures.Cluster)]
    public async Task A_command_prints_what_kops_prints(string expected, params string[] arguments)
    {
        var store = Fixtures.CopyStore(_desk);

        var run = await _desk.RunAsync([.. arguments, "--state", store]);

        Assert.Equal(string.Empty, run.Error);
        Assert.Equal(Fixtures.Output(expected), run.Out);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task After_an_edit_the_file_differs_in_the_changed_lines_alone()
    {
        var store = Fixtures.CopyStore(_desk);
        var config = Path.Combine(store, Fixtures.Cluster, "config");
        var before = await File.ReadAllLinesAsync(config, TestContext.Current.CancellationToken);

        var run = await _desk.RunAsync("edit", "cluster", Fixtures.Cluster, "--set", "spec.kubernetesVersion=1.36.2", "--state", store);

        Assert.Equal("  spec.kubernetesVersion: 1.36.3 -> 1.36.2\n", run.Out);
        var after = await File.ReadAllLinesAsync(config, TestContext.Current.CancellationToken);
        Assert.Equal(["  kubernetesVersion: 1.36.3"], before.Except(after));
        Assert.Equal(["  generation: 1", "  kubernetesVersion: 1.36.2"], after.Except(before));
        Assert.Equal(before.Length + 1, after.Length);
    }

    [Fact]
    public async Task What_get_all_prints_makes_the_same_cluster_in_an_empty_store()
    {
        Fixtures.CopyStore(_desk);
        var file = _desk.Write("all.yaml", Fixtures.Output("get-all.yaml"));

        var created = await _desk.RunAsync("create", "-f", file, "--state", _desk.PathOf("other"));
        var shown = await _desk.RunAsync("get", "all", Fixtures.Cluster, "-o", "yaml", "--state", _desk.PathOf("other"));

        Assert.Equal(string.Empty, created.Error);
        Assert.Contains($"Created cluster/{Fixtures.Cluster}\n", created.Out, StringComparison.Ordinal);
        Assert.Equal(Fixtures.Output("get-all.yaml"), shown.Out);
    }

    public void Dispose() => _desk.Dispose();
}
