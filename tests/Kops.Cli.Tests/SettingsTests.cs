using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Where the store is, and which cluster is meant.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task The_store_is_the_first_that_is_named()
    {
        Assert.Contains("file://" + _desk.PathOf(".kops/state"), await SourceAsync(), StringComparison.Ordinal);
        _desk.Write(".kops/config", "KOPS_state_STORE: /from/config/\n");
        Assert.Contains($"/from/config, from {_desk.PathOf(".kops/config")}", await SourceAsync(), StringComparison.Ordinal);
        _desk.Write(".kops.yaml", "something_else: 1\n");
        Assert.Contains("/from/config, from", await SourceAsync(), StringComparison.Ordinal);
        _desk.Write(".kops.yaml", "kops_state_store: /from/yaml\n");
        Assert.Contains("/from/yaml, from", await SourceAsync(), StringComparison.Ordinal);
        _desk.Write("named", "kops_state_store: /from/named\n");
        Assert.Contains("/from/named, from", await SourceAsync("--config", _desk.PathOf("named")), StringComparison.Ordinal);
        _desk.Environment["KOPS_STATE_STORE"] = "/from/environment";
        Assert.Contains("/from/environment, from KOPS_STATE_STORE", await SourceAsync(), StringComparison.Ordinal);
        Assert.Contains("/from/flag, from --state", await SourceAsync("--state", "/from/flag"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cluster_is_the_flag_the_argument_the_variable_or_the_context_of_kubectl()
    {
        foreach (var name in (string[])["a.example.com", "b.example.com", "c.example.com", "d.example.com"])
            await _desk.CreateAsync(name);
        _desk.Write(
            ".kube/config",
            """
            current-context: here
            contexts:
            - name: here
              context: {cluster: a.example.com, user: me}
            """
        );

        Assert.Contains("a.example.com", (await _desk.RunAsync("get", "all")).Out, StringComparison.Ordinal);
        _desk.Environment["KOPS_CLUSTER_NAME"] = "b.example.com";
        Assert.Contains("b.example.com", (await _desk.RunAsync("get", "all")).Out, StringComparison.Ordinal);
        Assert.Contains("c.example.com", (await _desk.RunAsync("get", "all", "c.example.com")).Out, StringComparison.Ordinal);
        Assert.Contains("d.example.com", (await _desk.RunAsync("get", "all", "--name", "d.example.com")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_create_or_destroy_do_not_take_the_context_of_kubectl()
    {
        await _desk.CreateAsync();
        _desk.Write(".kube/config", $"current-context: here\ncontexts:\n- name: here\n  context: {{cluster: {DeskClusters.Name}}}\n");

        var run = await _desk.RunAsync("delete", "cluster", "--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--name is required", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_complete_from_the_store_and_say_nothing_when_there_is_none()
    {
        await _desk.CreateAsync();

        Assert.Equal("demo.example.com\n", (await _desk.RunAsync("__complete", "get", "all", "")).Out);
        Assert.Contains(
            "nodes-us-east-1b\n",
            (await _desk.RunAsync("__complete", "edit", "ig", "--name", DeskClusters.Name, "no")).Out,
            StringComparison.Ordinal
        );
        Assert.Equal("--name=demo.example.com\n", (await _desk.RunAsync("__complete", "get", "ig", "--name=d")).Out);
        var none = await _desk.RunAsync("__complete", "get", "all", "--state", "nope://x", "");
        Assert.Empty(none.Out + none.Error);
    }

    [Fact]
    public async Task Without_a_home_the_store_has_to_be_named()
    {
        _desk.Environment.Remove("HOME");

        var run = await _desk.RunAsync("get", "clusters");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--state", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private async Task<string> SourceAsync(params string[] arguments) =>
        (await _desk.RunAsync(["get", "clusters", "-v", "2", .. arguments])).Error;
}
