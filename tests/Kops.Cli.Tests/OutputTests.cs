using System.Diagnostics;
using System.Text.Json;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Output for programs, and for terminals.</summary>
public sealed class OutputTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Theory]
    [InlineData("Cluster InstanceGroup InstanceGroup InstanceGroup", "get", "all", Name)]
    [InlineData("Cluster", "get", "cluster", Name)]
    [InlineData("Cluster", "get", "clusters")]
    [InlineData("InstanceGroup InstanceGroup InstanceGroup", "get", "ig", "--name", Name)]
    [InlineData("InstanceGroup", "get", "ig", "nodes-us-east-1a", "--name", Name)]
    public async Task Objects_are_json_for_programs(string kinds, params string[] arguments)
    {
        await _desk.CreateAsync();

        using var json = JsonDocument.Parse((await _desk.RunAsync([.. arguments, "-o", "json"])).Out);

        JsonElement[] objects =
            json.RootElement.ValueKind is JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [json.RootElement];
        Assert.Equal(kinds, string.Join(' ', objects.Select(one => one.GetProperty("kind").GetString())));
        Assert.All(objects, one => Assert.Equal("kops.k8s.io/v1alpha2", one.GetProperty("apiVersion").GetString()));
    }

    [Fact]
    public async Task Keypairs_are_json_for_programs_in_the_order_of_kOps()
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", Name, "--yes");

        using var json = JsonDocument.Parse((await _desk.RunAsync("get", "keypairs", "service-account", "--name", Name, "-o", "json")).Out);

        Assert.Equal(
            ["name", "id", "isPrimary", "subject", "issuer", "isCA", "notBefore", "notAfter", "keyLength", "hasPrivateKey"],
            Assert.Single(json.RootElement.EnumerateArray()).EnumerateObject().Select(field => field.Name)
        );
    }

    [Fact]
    public async Task A_terminal_gets_colours_unless_told_otherwise_and_a_pipe_never()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "'script' of util-linux makes the terminal");
        await _desk.CreateAsync();
        var program = NativeBinary.Built;

        var terminal = await RunAsync("script", "-qec", $"{program} update cluster {Name}", "/dev/null");
        _desk.Environment["NO_COLOR"] = "1";
        var plain = await RunAsync("script", "-qec", $"{program} update cluster {Name}", "/dev/null");
        _desk.Environment.Remove("NO_COLOR");
        var piped = await RunAsync(program, "update", "cluster", Name);

        Assert.Contains("\e[32m+ demo.example.com/cluster-completed.spec\e[0m", terminal.Out, StringComparison.Ordinal);
        // Nothing else either: what a terminal is set to is not ours.
        Assert.DoesNotContain("\e[?", terminal.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", plain.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", piped.Out, StringComparison.Ordinal);
        Assert.Contains("+ demo.example.com/cluster-completed.spec\n", piped.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private Task<KopsRun> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");
        if (_desk.Environment.TryGetValue("NO_COLOR", out var plain))
            start.Environment["NO_COLOR"] = plain;
        return start.RunAsync();
    }
}
