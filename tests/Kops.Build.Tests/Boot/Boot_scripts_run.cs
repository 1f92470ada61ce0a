using System.Diagnostics;
using System.Text.RegularExpressions;
using Kops.Build.Boot;
using Kops.Build.Nodes;
using Kops.Build.Tests.Samples;

namespace Kops.Build.Tests.Boot;

/// <summary>The boot script is run, in a root of its own, with servers that stand for the internet.</summary>
public sealed class Boot_scripts_run : IDisposable
{
    private const string Path = "/linux/{0}/nodeup";
    private static readonly string[] Architectures = ["amd64", "arm64"];
    private readonly NodeupServer _server = new();
    private readonly SampleCluster _cluster = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_writes_what_the_machine_is_told_fetches_nodeup_and_starts_it()
    {
        using var machine = Machine();
        Serve(Path, NodeupServer.Nodeup);

        var (node, script) = Script();
        var (code, output) = machine.Run(script);

        Assert.True(code == 0, output);
        Assert.Equal(node.Boot.ToYaml().Trim(), machine.Read("opt/kops/conf/kube_env.yaml").Trim());
        Assert.Equal("--install-systemd-unit --conf=/opt/kops/conf/kube_env.yaml --v=8\n", machine.Read("log/nodeup"));
        Assert.Contains("AWS_REGION=us-east-1\n", machine.Read("log/environment"), StringComparison.Ordinal);
        Assert.Equal(
            "-w net.core.rmem_max=16777216\n-w net.core.wmem_max=16777216\n-w net.ipv4.tcp_rmem=4096 87380 16777216\n"
                + "-w net.ipv4.tcp_wmem=4096 87380 16777216\n",
            machine.Read("log/sysctl")
        );
    }

    [Fact]
    public void It_takes_the_smaller_file_where_there_is_one()
    {
        using var machine = Machine();
        Serve(Path + ".xz", Compressed());

        var (code, output) = machine.Run(Script().Text);

        Assert.True(code == 0, output);
        Assert.All(_server.Asked, path => Assert.EndsWith(".xz", path, StringComparison.Ordinal));
        Assert.True(File.Exists(machine.PathOf("log/nodeup")));
    }

    [Fact]
    public void It_starts_nothing_whose_hash_is_another_and_goes_on_to_the_next_place()
    {
        using var machine = Machine();
        Serve("/false" + Path, "#!/bin/sh\ntouch /log/false\n"u8.ToArray());
        Serve(Path, NodeupServer.Nodeup);

        var own = $"/linux/{Own}/nodeup";
        var script = Script()
            .Text.Replace(
                $"={_server.Address}{own}",
                $"={_server.Address}/gone{own},{_server.Address}/false{own},{_server.Address}{own}",
                StringComparison.Ordinal
            );
        var (code, output) = machine.Run(script);

        Assert.True(code == 0, output);
        Assert.Contains("is not nodeup: its SHA-256 is not " + NodeupServer.Hash, output, StringComparison.Ordinal);
        Assert.False(File.Exists(machine.PathOf("log/false")));
        Assert.True(File.Exists(machine.PathOf("log/nodeup")));
    }

    [Fact]
    public void It_fetches_nothing_that_is_there_already()
    {
        using var machine = Machine();
        Serve(Path, NodeupServer.Nodeup);
        var script = Script().Text;
        machine.Run(script);
        var asked = _server.Asked.Count;

        var (code, output) = machine.Run(script);

        Assert.True(code == 0, output);
        Assert.Equal(asked, _server.Asked.Count);
    }

    [Fact]
    public void Compressed_user_data_says_the_same()
    {
        using var machine = Machine();
        Serve(Path, NodeupServer.Nodeup);
        _cluster.Nodes.Spec.CompressUserData = true;

        var (node, script) = Script();
        var (code, output) = machine.Run(script);

        Assert.True(code == 0, output);
        Assert.DoesNotContain("ClusterName", script, StringComparison.Ordinal);
        Assert.Equal(node.Boot.ToYaml().Trim(), machine.Read("opt/kops/conf/kube_env.yaml").Trim());
    }

    [Fact]
    public void All_that_runs_on_the_machine_goes_through_the_proxy()
    {
        using var machine = Machine();
        Serve(Path, NodeupServer.Nodeup);
        var proxy = _cluster.Cluster.Spec.EnsureEgressProxy();
        (proxy.EnsureHttpProxy().Host, proxy.EnsureHttpProxy().Port, proxy.Excludes) = ("proxy.example.com", 3128, "127.0.0.1");

        var (code, output) = machine.Run(Script().Text);

        const string Proxy = "http://proxy.example.com:3128";
        Assert.True(code == 0, output);
        Assert.Contains($"https_proxy={Proxy}\n", machine.Read("log/environment"), StringComparison.Ordinal);
        Assert.Contains($"http_proxy=\"{Proxy}\"\n", machine.Read("etc/environment"), StringComparison.Ordinal);
        Assert.Contains(
            $"DefaultEnvironment=\"http_proxy={Proxy}\"\n",
            machine.Read("etc/systemd/system.conf.d/kops-proxy.conf"),
            StringComparison.Ordinal
        );
        Assert.Equal($"Acquire::http::Proxy \"{Proxy}\";\n", machine.Read("etc/apt/apt.conf.d/90kops-proxy"));
    }

    [Fact]
    public void Values_that_mean_something_to_a_shell_arrive_as_they_are()
    {
        using var machine = Machine();
        Serve(Path, NodeupServer.Nodeup);

        var (_, script) = Script("control-plane", ("S3_SECRET_ACCESS_KEY", "a'b $(touch /log/pwned) \"c\""));
        var (code, output) = machine.Run(script);

        Assert.True(code == 0, output);
        Assert.Contains("S3_SECRET_ACCESS_KEY=a'b $(touch /log/pwned) \"c\"\n", machine.Read("log/environment"), StringComparison.Ordinal);
        Assert.False(File.Exists(machine.PathOf("log/pwned")));
    }

    [Fact]
    public void Nodes_get_no_secrets_of_the_store() =>
        Assert.DoesNotContain("S3_", Script("nodes", ("S3_SECRET_ACCESS_KEY", "secret")).Text, StringComparison.Ordinal);

    private static string Own =>
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64
            ? "arm64"
            : "amd64";

    private static MachineRoot Machine()
    {
        var missing = MachineRoot.Missing();
        Assert.SkipWhen(missing is not null, missing ?? string.Empty);
        return new MachineRoot();
    }

    private void Serve(string path, byte[] content)
    {
        foreach (var architecture in Architectures)
            _server.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, architecture), content);
    }

    // As it is written, with the server in place of the places on the internet.
    private (NodeConfig Node, string Text) Script(string group = "nodes", params (string Name, string Value)[] variables)
    {
        var request = _cluster.Request() with { Variables = new(variables.ToDictionary(pair => pair.Name, pair => pair.Value)) };
        request = request with
        {
            Hashes = Architectures.ToDictionary(
                architecture => $"https://artifacts.k8s.io/binaries/kops/{request.Release}/linux/{architecture}/nodeup",
                _ => NodeupServer.Hash
            ),
        };
        var nodes = NodeConfigs.Of(request);
        var script = BootScripts.Of(request, nodes)[group];
        return (
            nodes.Single(node => node.Group == group),
            Regex.Replace(
                script,
                "=https://.*/linux/(.*?)/nodeup,.*",
                $"={_server.Address}/linux/$1/nodeup",
                RegexOptions.None,
                TimeSpan.FromSeconds(10)
            )
        );
    }

    private static byte[] Compressed()
    {
        using var xz = Process.Start(new ProcessStartInfo("xz", ["-c"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        xz.StandardInput.BaseStream.Write(NodeupServer.Nodeup);
        xz.StandardInput.Close();
        using var bytes = new MemoryStream();
        xz.StandardOutput.BaseStream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
