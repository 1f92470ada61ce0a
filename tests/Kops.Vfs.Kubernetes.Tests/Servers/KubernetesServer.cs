using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(KubernetesServer))]

namespace Kops.Vfs.Kubernetes.Tests.Servers;

/// <summary>The API server that all tests of this project share: a real one, started by <c>eng/servers/kubernetes.sh</c>.</summary>
public sealed class KubernetesServer : IAsyncLifetime
{
    private const string KubeconfigVariable = "KOPS_TEST_KUBECONFIG";
    private static int s_spaces;
    private ServerScript? _script;
    private string? _reason;
    private HttpClient? _admin;

    /// <summary>What the script said.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            Assert.SkipWhen(_script is null, _reason ?? "no Kubernetes");
            return _script!.Values;
        }
    }

    /// <summary>The API server.</summary>
    public Uri Address => new(Values["K8S_SERVER"]);

    /// <summary>Where the server's certificates and keys are; goes away with it.</summary>
    public string Directory => Values["K8S_DIRECTORY"];

    /// <summary>Options with a kubeconfig of two contexts: <c>admin</c>, and <c>viewer</c>, who has no rights at first.</summary>
    public KubernetesOptions Options => OptionsOf(Path.Combine(Directory, "kubeconfig"));

    /// <summary>What another process needs for <see cref="FromEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [KubeconfigVariable] = Options.KubeconfigFiles[0] };

    /// <summary>Options for the server of the process that started this one.</summary>
    public static KubernetesOptions FromEnvironment() => OptionsOf(System.Environment.GetEnvironmentVariable(KubeconfigVariable)!);

    /// <summary>Options with one kubeconfig.</summary>
    public static KubernetesOptions OptionsOf(string kubeconfig) =>
        new() { KubeconfigFiles = [kubeconfig], RetryDelay = TimeSpan.FromMilliseconds(10) };

    public async ValueTask InitializeAsync()
    {
        (_script, _reason) = await ServerScript.StartAsync("kubernetes");
        if (_script is null)
            return;
#pragma warning disable CA5399, CA5400 // A server of the tests, on loopback.
        _admin = new HttpClient(
            new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true, UseProxy = false }
        )
        {
            BaseAddress = Address,
        };
#pragma warning restore CA5399, CA5400
        _admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Values["K8S_ADMIN_TOKEN"]);
        await File.WriteAllTextAsync(Path.Combine(Directory, "kubeconfig"), Kubeconfig(Address));
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>A kubeconfig for the server at an address, which may be a proxy's.</summary>
    public string Kubeconfig(Uri address) =>
        $$$"""
            apiVersion: v1
            kind: Config
            current-context: admin
            clusters:
            - name: test
              cluster:
                server: {{{address}}}
                certificate-authority: ca.crt
            contexts:
            - {name: admin, context: {cluster: test, user: admin}}
            - {name: viewer, context: {cluster: test, user: viewer}}
            users:
            - {name: admin, user: {token: {{{Values["K8S_ADMIN_TOKEN"]}}}}}
            - {name: viewer, user: {token: {{{Values["K8S_VIEWER_TOKEN"]}}}}}
            """;

    /// <summary>Writes a file beside the server's certificates.</summary>
    public string Write(string text, string ending = ".yaml")
    {
        var file = Path.Combine(Directory, Guid.NewGuid().ToString("N") + ending);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Makes an empty namespace.</summary>
    public async Task<string> CreateNamespaceAsync()
    {
        _ = Values;
        var name = $"kops-{Interlocked.Increment(ref s_spaces)}";
        await AskAsync(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        return name;
    }

    /// <summary>Asks the server from outside of the driver, as the administrator.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        using var response = await _admin!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The names of the Secrets in a namespace that hold an object, or a part of one.</summary>
    public async Task<List<string>> SecretsAsync(string space, string role)
    {
        var list = await AskAsync(HttpMethod.Get, $"/api/v1/namespaces/{space}/secrets?labelSelector=store.kops.k8s.io/role%3D{role}");
        return
        [
            .. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("metadata").GetProperty("name").GetString()!),
        ];
    }

    /// <summary>A driver of a namespace.</summary>
    public KubernetesStoreDriver Open(string space, Func<KubernetesOptions, KubernetesOptions>? change = null, string? context = "admin") =>
        new(context, space, $"k8s://{context}/{space}", change is null ? Options : change(Options), TimeProvider.System);
}
