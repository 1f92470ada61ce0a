using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kops.Api.Yaml;
using Kops.Cli.Output;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>
/// The printed roles, as they are, on an API server with RBAC: they suffice for what they claim to serve and for nothing else, and
/// <c>kops state check</c> names what each rule and each verb that is taken away was for.
/// </summary>
public sealed class KubernetesPolicyTests(TestServers servers) : IDisposable
{
    private const string Cluster = DeskClusters.Name;
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/";
    private readonly Desk _owner = new();
    private readonly Desk _guest = new();
    private IReadOnlyDictionary<string, string> _values = new Dictionary<string, string>();
    private HttpClient? _admin;
    private HttpClient? _asGuest;
    private string _space = string.Empty;
    private string _other = string.Empty;
    private string _principal = "user:viewer";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _owner.Dispose();
        _guest.Dispose();
        _admin?.Dispose();
        _asGuest?.Dispose();
    }

    [Fact]
    public async Task Who_changes_clusters_can_do_so_in_this_namespace_alone()
    {
        await OpenAsync();
        await DeniedAsync("get", "clusters");
        await AllowAsync("write");

        await CreateAsync(_guest);
        await DoneAsync(_guest, "edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.1");
        _guest.Write(
            "cluster.yaml",
            (await DoneAsync(_guest, "get", "cluster", Cluster, "-o", "yaml")).Out.Replace(
                "channel: stable",
                "channel: alpha",
                StringComparison.Ordinal
            )
        );
        await DoneAsync(_guest, "replace", "-f", _guest.PathOf("cluster.yaml"));
        await DoneAsync(_guest, "update", "cluster", Cluster, "--yes");
        var history = await DoneAsync(_guest, "history", Cluster);
        await DoneAsync(_guest, "undo", history.Out.Split('\n')[1].Split('\t')[0], "--yes");
        await DoneAsync(_guest, "get", "clusters");
        await DoneAsync(_guest, "get", "all", "--name", Cluster);
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster);
        // A long file is many Secrets, which are removed all at once.
        var backup = _guest.Write("etcd.backup.gz", new string('x', 3 << 20));
        await DoneAsync(
            _guest,
            "state",
            "copy",
            backup,
            $"k8s://here/{_space}/{Cluster}/backups/etcd/main/2026-01-01T00:00:00Z-000001/etcd.backup.gz"
        );
        Assert.NotEmpty(await PartsAsync());
        await DeniedAsync("get", "clusters", "--state", "k8s://here/" + _other);
        await DeniedAsync("create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", "--state", "k8s://here/" + _other);
        await DoneAsync(_guest, "delete", "cluster", Cluster, "--unregister", "--yes");
        Assert.Empty(await PartsAsync());
    }

    [Fact]
    public async Task A_service_account_that_looks_changes_nothing()
    {
        await OpenAsync(asAccount: true);
        await CreateAsync(_owner);
        await DoneAsync(_owner, "update", "cluster", Cluster, "--yes");
        await AllowAsync("read");

        await DoneAsync(_guest, "get", "clusters");
        await DoneAsync(_guest, "get", "ig", "--name", Cluster);
        await DoneAsync(_guest, "get", "all", "--name", Cluster);
        await DoneAsync(_guest, "history", Cluster);
        await DoneAsync(_guest, "update", "cluster", Cluster);
        await DoneAsync(_guest, "export", "kubeconfig", Cluster, "--admin");
        await DoneAsync(_guest, "state", "export", Cluster, "-o", _guest.PathOf("bundle.tar.zst"));
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "read");
        await DeniedAsync("edit", "cluster", Cluster, "--set", "spec.kubernetesVersion=1.33.1");
        await DeniedAsync("delete", "cluster", Cluster, "--unregister", "--yes");
        await DeniedAsync("get", "clusters", "--state", "k8s://here/" + _other);
        Assert.Equal(1, (await _guest.RunAsync("state", "check", "--cluster", Cluster)).ExitCode);
    }

    [Fact]
    public async Task A_control_plane_reads_its_cluster_and_keeps_backups()
    {
        await OpenAsync();
        await CreateAsync(_owner);
        await DoneAsync(_owner, "update", "cluster", Cluster, "--yes");
        await AllowAsync("node");

        await DoneAsync(_guest, "state", "hash", Cluster);
        await DoneAsync(
            _guest,
            "state",
            "copy",
            Cluster + "/config",
            $"k8s://here/{_space}/{Cluster}/backups/etcd/main/2026-01-01T00:00:00Z-000001/etcd.backup.gz"
        );
        await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", "node");
        await DeniedAsync("get", "clusters", "--state", "k8s://here/" + _other);
    }

    /// <summary>Each verb on Secrets that is printed, and the rule on the namespace.</summary>
    [Theory]
    [InlineData("read", "list ListFiles", "get ReadCluster", "namespaces FindBucket")]
    [InlineData(
        "write",
        "list ListFiles",
        "get ChangeCluster",
        "create WriteRecords",
        "update ChangeCluster",
        "delete ChangeCluster",
        "deletecollection ChangeCluster",
        "namespaces FindBucket"
    )]
    [InlineData(
        "node",
        "list ListFiles",
        "get ReadCluster",
        "create KeepBackups",
        "update KeepBackups",
        "delete KeepBackups",
        "deletecollection KeepBackups",
        "namespaces FindBucket"
    )]
    public async Task What_is_taken_away_is_named(string mode, params string[] taken)
    {
        await OpenAsync();
        await CreateAsync(_owner);
        Assert.Equal(taken.Select(pair => pair.Split(' ')[0]), (await AllowAsync(mode))[_space]);
        foreach (var pair in taken)
        {
            var (without, statement) = (pair.Split(' ')[0], pair.Split(' ')[1]);
            await AllowAsync(mode, without, _space);
            await MissingAsync(mode, without, statement, _space);
        }
    }

    [Fact]
    public async Task What_a_cluster_keeps_in_another_namespace_is_tried_there()
    {
        await OpenAsync();
        await CreateAsync(
            _owner,
            "--set",
            $"spec.etcdClusters[0].backups.backupStore=k8s://here/{_other}/main",
            "--set",
            $"spec.etcdClusters[1].backups.backupStore=k8s://here/{_other}/events"
        );
        foreach (var (mode, ofBackups) in new[] { ("read", "ReadBackups"), ("write", "ChangeBackups"), ("node", "KeepBackups") })
        {
            var printed = await AllowAsync(mode);
            Assert.Equal(2, printed.Count);
            await DoneAsync(_guest, "state", "check", "--cluster", Cluster, "--mode", mode);
            if (mode is "write")
                await DoneAsync(_guest, "update", "cluster", Cluster, "--yes");
            foreach (var without in printed[_other])
            {
                await AllowAsync(mode, without, _other);
                await MissingAsync(
                    mode,
                    without,
                    without switch
                    {
                        "namespaces" => "FindBucket",
                        "list" => "ListFiles",
                        _ => ofBackups,
                    },
                    _other
                );
            }
        }
    }

    private async Task OpenAsync(bool asAccount = false)
    {
        _values = await servers.StartAsync("kubernetes");
        _admin = Client(_values["K8S_ADMIN_TOKEN"]);
        (_space, _other) = (TestServers.NewName(), TestServers.NewName());
        foreach (var space in new[] { _space, _other })
            await AskAsync(_admin, HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{space}}}"}}""");
        var token = _values["K8S_VIEWER_TOKEN"];
        if (asAccount)
        {
            _principal = $"serviceaccount:{_space}/runner";
            await AskAsync(_admin, HttpMethod.Post, $"/api/v1/namespaces/{_space}/serviceaccounts", """{"metadata":{"name":"runner"}}""");
            token = (string)
                (
                    await AskAsync(
                        _admin,
                        HttpMethod.Post,
                        $"/api/v1/namespaces/{_space}/serviceaccounts/runner/token",
                        """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}"""
                    )
                )["status"]!["token"]!;
        }

        _asGuest = Client(token);
        foreach (var (desk, name, secret) in new[] { (_owner, "owner", _values["K8S_ADMIN_TOKEN"]), (_guest, "guest", token) })
        {
            desk.Environment["KUBECONFIG"] = Path.Combine(_values["K8S_DIRECTORY"], $"{_space}-{name}.yaml");
            desk.Environment["KOPS_STATE_STORE"] = "k8s://here/" + _space;
            await File.WriteAllTextAsync(
                desk.Environment["KUBECONFIG"],
                $$$"""
                clusters: [{name: test, cluster: {server: {{{_values["K8S_SERVER"]}}}, certificate-authority: ca.crt}}]
                contexts: [{name: here, context: {cluster: test, user: {{{name}}}}}]
                users: [{name: {{{name}}}, user: {token: {{{secret}}}}}]
                """,
                Token
            );
        }
    }

    /// <summary>
    /// Gives the guest the printed roles, and nothing else; but for one verb, or the rule on the namespace, in one of the namespaces.
    /// </summary>
    /// <returns>What was printed, by namespace: the verbs on Secrets, and <c>namespaces</c>.</returns>
    private async Task<Dictionary<string, List<string>>> AllowAsync(string mode, string? without = null, string? inSpace = null)
    {
        foreach (var kind in new[] { "rolebindings", "roles" })
        {
            foreach (var space in new[] { _space, _other })
                await AskAsync(_admin!, HttpMethod.Delete, $"{Rbac}{space}/{kind}");
        }

        var printed = new Dictionary<string, List<string>>();
        foreach (
            var text in (
                await DoneAsync(_owner, "state", "policy", "--cluster", Cluster, "--mode", mode, "--principal", _principal)
            ).Out.Split("---\n")
        )
        {
            var document = JsonNode.Parse(NodeText.ToJson(YamlReader.Read(Encoding.UTF8.GetBytes(text), "printed")[0].Root))!;
            var space = (string)document["metadata"]!["namespace"]!;
            if (document["rules"] is not JsonArray rules)
            {
                await AskAsync(_admin!, HttpMethod.Post, $"{Rbac}{space}/rolebindings", text, "application/yaml");
                continue;
            }

            printed[space] =
            [
                .. rules.SelectMany(rule => (string)rule!["resources"]![0]! is "secrets" ? Texts(rule["verbs"]) : ["namespaces"]),
            ];
            if (space != inSpace)
            {
                await AskAsync(_admin!, HttpMethod.Post, $"{Rbac}{space}/roles", text, "application/yaml");
                continue;
            }

            if (without is "namespaces")
                rules.RemoveAll(rule => (string?)rule!["resources"]![0] == without);
            else
                rules.Single(rule => (string?)rule!["resources"]![0] == "secrets")!["verbs"]!
                    .AsArray()
                    .RemoveAll(verb => (string?)verb == without);
            printed[space].Remove(without!);
            await AskAsync(_admin!, HttpMethod.Post, $"{Rbac}{space}/roles", document.ToJsonString());
        }

        foreach (var space in new[] { _space, _other })
            await AwaitAsync(space, printed.GetValueOrDefault(space) ?? []);
        return printed;
    }

    /// <summary>The server learns of roles a little later than they are made.</summary>
    private async Task AwaitAsync(string space, List<string> expected)
    {
        var review = $$$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","spec":{"namespace":"{{{space}}}"}}""";
        while (true)
        {
            var rules = (await AskAsync(_asGuest!, HttpMethod.Post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review))[
                "status"
            ]!["resourceRules"]!.AsArray();
            var has = rules.SelectMany(rule =>
                Texts(rule!["resources"]) is [var resource]
                    ? resource is "secrets"
                        ? Texts(rule["verbs"])
                        : resource is "namespaces"
                            ? ["namespaces"]
                            : []
                    : []
            );
            if (has.ToHashSet().SetEquals(expected))
                return;
            await Task.Delay(20, Token);
        }
    }

    private async Task<List<string>> PartsAsync() =>
        [
            .. (
                await AskAsync(_admin!, HttpMethod.Get, $"/api/v1/namespaces/{_space}/secrets?labelSelector=store.kops.k8s.io/role%3Dpart")
            )["items"]!
                .AsArray()
                .Select(item => (string)item!["metadata"]!["name"]!),
        ];

    private HttpClient Client(string token)
    {
#pragma warning disable CA5399, CA5400 // A server of the tests, on loopback.
        return new HttpClient(
            new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true, UseProxy = false }
        )
#pragma warning restore CA5399, CA5400
        {
            BaseAddress = new Uri(_values["K8S_SERVER"]),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    private static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(each => (string)each!)];

    private static async Task<JsonNode> AskAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        string? body = null,
        string type = "application/json"
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<KopsRun> CreateAsync(Desk desk, params string[] flags) =>
        DoneAsync(desk, ["create", "cluster", Cluster, "--cloud", "aws", "--zones", "us-east-1a", .. flags]);

    private static async Task<KopsRun> DoneAsync(Desk desk, params string[] command)
    {
        var run = await desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
        return run;
    }

    private async Task DeniedAsync(params string[] command)
    {
        var run = await _guest.RunAsync(command);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("access denied", run.Error, StringComparison.Ordinal);
    }

    private async Task MissingAsync(string mode, string without, string statement, string space)
    {
        var run = await _guest.RunAsync("state", "check", "--cluster", Cluster, "--mode", mode);
        Assert.True(run.ExitCode == 1, $"{mode} without {without} in {space}: {run.Out}{run.Error}");
        Assert.Matches($@"(?m)^MISSING [a-z]+ +k8s://here/{space}\b.*\({statement}\)$", run.Out);
        Assert.Contains(
            without is "namespaces" ? "cannot get resource \"namespaces\"" : $"cannot {without} resource \"secrets\"",
            run.Out,
            StringComparison.Ordinal
        );
    }
}
