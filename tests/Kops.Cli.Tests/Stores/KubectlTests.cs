using System.Net;
using System.Net.Sockets;
using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// What is exported, used by Kubernetes' own client against a real API server: its certificates are the cluster's, and it is reached
/// through a proxy at an address that they do not hold, as behind a load balancer.
/// </summary>
public sealed class KubectlTests(TestServers servers) : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    [InlineData("::1")]
    public async Task An_administrator_reaches_the_API_server_at_an_address_that_its_certificate_does_not_hold(string address)
    {
        var (server, kubectl) = await StartAsync();
        using var proxy = Relay(IPAddress.Parse(address), new Uri(server["K8S_SERVER"]));
        var port = ((IPEndPoint)proxy.LocalEndpoint).Port;
        // A port goes with an address in brackets alone.
        var written = address.StartsWith(':') ? $"[{address}]:{port}" : $"{address}:{port}";

        var export = await _desk.RunAsync("export", "kubeconfig", Name, "--admin", "--api-server", written);

        Assert.True(export.ExitCode == 0, export.Error);
        var (code, output, error) = await RunAsync(kubectl, "get", "namespaces", "-o", "name");
        Assert.True(code == 0, error);
        Assert.Contains("namespace/default", output, StringComparison.Ordinal);
        var who = await RunAsync(kubectl, "auth", "can-i", "*", "*");
        Assert.Equal("yes", who.Output.Trim());
    }

    [Fact]
    public async Task What_an_old_kubeconfig_says_of_files_and_trust_does_not_stand_in_the_way()
    {
        var (server, kubectl) = await StartAsync();
        using var proxy = Relay(IPAddress.Parse("127.0.0.2"), new Uri(server["K8S_SERVER"]));
        _desk.Write(
            ".kube/config",
            $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {{Name}}
              cluster: {server: https://old, tls-server-name: api.old, insecure-skip-tls-verify: true, certificate-authority: /no/ca.crt}
            users:
            - name: {{Name}}
              user: {client-certificate: /no/admin.crt, client-key: /no/admin.key}
            """
        );

        var address = $"127.0.0.2:{((IPEndPoint)proxy.LocalEndpoint).Port}";
        await _desk.RunAsync("export", "kubeconfig", Name, "--admin", "--api-server", address);

        var (code, _, error) = await RunAsync(kubectl, "get", "namespaces");
        Assert.True(code == 0, error);
    }

    [Fact]
    public async Task A_cluster_that_is_deleted_is_gone_from_kubectl_too_and_others_stay()
    {
        var (_, kubectl) = await StartAsync();
        await _desk.RunAsync("export", "kubeconfig", Name, "--admin");
        await RunAsync(kubectl, "config", "set-cluster", "other", "--server=https://other");

        var run = await _desk.RunAsync("delete", "cluster", Name, "--unregister", "--yes");

        Assert.Contains($"Deleted kubectl config for {Name} (in {_desk.PathOf(".kube/config")})\n", run.Out, StringComparison.Ordinal);
        var view = (await RunAsync(kubectl, "config", "view", "-o", "jsonpath={..name} {.current-context}")).Output;
        Assert.Equal("other", view.Trim());
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>A cluster whose authority is that of the API server.</summary>
    private async Task<(IReadOnlyDictionary<string, string> Server, string Kubectl)> StartAsync()
    {
        var (server, kubectl) = (await servers.StartAsync("kubernetes"), await servers.StartAsync("kubectl"));
        await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", Name, "--yes");
        var (certificate, key) = (Path.Combine(server["K8S_DIRECTORY"], "ca.crt"), Path.Combine(server["K8S_DIRECTORY"], "ca.key"));
        var run = await _desk.RunAsync([
            "create",
            "keypair",
            "kubernetes-ca",
            "--cert",
            certificate,
            "--key",
            key,
            "--primary",
            "--name",
            Name,
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
        return (server, kubectl["KUBECTL"]);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string kubectl, params string[] arguments) =>
        ChildProcess.CaptureAsync(kubectl, ["--request-timeout=60s", .. arguments], _desk.Environment, Token);

    private static TcpListener Relay(IPAddress address, Uri server)
    {
        var listener = new TcpListener(address, 0);
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var (near, far) = (await listener.AcceptTcpClientAsync(), new TcpClient());
                await far.ConnectAsync(server.Host, server.Port);
                _ = PassAsync(near, far);
                _ = PassAsync(far, near);
            }
        });
        return listener;
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            to.Close();
        }
    }
}
