using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>Secrets of a Kubernetes cluster, by a context of a kubeconfig.</summary>
public sealed class KubernetesCommands(TestServers servers) : StoreCommands
{
    protected override async ValueTask<StoreAtHand> CreateAsync()
    {
        var values = await servers.StartAsync("kubernetes");
        var space = TestServers.NewName();
#pragma warning disable CA5399, CA5400 // A server of the tests, on loopback.
        using var http = new HttpClient(
            new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true, UseProxy = false }
        );
#pragma warning restore CA5399, CA5400
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", values["K8S_ADMIN_TOKEN"]);
        using var content = new StringContent($$$"""{"metadata":{"name":"{{{space}}}"}}""", Encoding.UTF8, "application/json");
        using var created = await http.PostAsync(values["K8S_SERVER"] + "/api/v1/namespaces", content, Token);
        Assert.True(created.IsSuccessStatusCode, $"the namespace was not made: {created.StatusCode}");

        var kubeconfig = Path.Combine(values["K8S_DIRECTORY"], $"{space}.yaml");
        await File.WriteAllTextAsync(
            kubeconfig,
            $$$"""
            apiVersion: v1
            kind: Config
            current-context: here
            clusters: [{name: test, cluster: {server: {{{values["K8S_SERVER"]}}}, certificate-authority: ca.crt}}]
            contexts: [{name: here, context: {cluster: test, user: admin}}]
            users: [{name: admin, user: {token: {{{values["K8S_ADMIN_TOKEN"]}}}}}]
            """,
            Token
        );
        return new StoreAtHand($"k8s://here/{space}", new Dictionary<string, string> { ["KUBECONFIG"] = kubeconfig })
        {
            Secrets = [values["K8S_ADMIN_TOKEN"]],
            Profile = $"    credentials: {{kubeconfig: {kubeconfig}}}\n",
        };
    }
}
