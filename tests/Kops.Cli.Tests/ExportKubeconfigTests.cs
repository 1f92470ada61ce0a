using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

public sealed class ExportKubeconfigTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    private string File => _desk.PathOf(".kube/config");

    [Fact]
    public async Task An_administrator_gets_a_credential_that_the_clusters_authority_has_signed()
    {
        await UpdatedAsync();

        var run = await _desk.RunAsync("export", "kubeconfig", Name, "--admin=2h");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal($"kubectl's context is {Name} now (in {File})\n", run.Out);
        var root = Read();
        Assert.Equal(Name, Text(root["current-context"]));
        Assert.Equal("https://api.demo.example.com", Text(Entry(root, "clusters", "cluster")["server"]));
        using var authority = Certificate(Entry(root, "clusters", "cluster")["certificate-authority-data"]);
        using var certificate = Certificate(Entry(root, "users", "user")["client-certificate-data"]);
        Assert.StartsWith("CN=kubecfg-", certificate.Subject, StringComparison.Ordinal);
        Assert.EndsWith("O=system:masters", certificate.Subject, StringComparison.Ordinal);
        Assert.InRange(certificate.NotAfter.ToUniversalTime(), DateTime.UtcNow.AddMinutes(90), DateTime.UtcNow.AddHours(2));
        using var key = System.Security.Cryptography.RSA.Create();
        key.ImportFromPem(Pem(Entry(root, "users", "user")["client-key-data"]));
        using var together = certificate.CopyWithPrivateKey(key);
        using var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(certificate), string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task What_else_stands_in_the_file_stays()
    {
        await UpdatedAsync();
        _desk.Write(
            ".kube/config",
            """
            apiVersion: v1
            kind: Config
            current-context: other
            clusters:
            - name: other
              cluster: {server: https://other}
            - name: demo.example.com
              cluster: {server: https://old, tls-server-name: api.old}
            contexts:
            - name: demo.example.com
              context: {cluster: demo.example.com, user: ada, namespace: kept}
            users:
            - name: ada
              user: {token: kept}
            """
        );

        var run = await _desk.RunAsync("export", "kubeconfig", Name, "--user", "ada", "--api-server", "lb.example.com");

        Assert.Equal(0, run.ExitCode);
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        Assert.Contains("server: https://other\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "server: https://lb.example.com\n    tls-server-name: api.internal.demo.example.com\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("namespace: kept\n    user: ada\n", text, StringComparison.Ordinal);
        Assert.Contains("token: kept\n", text, StringComparison.Ordinal);
        Assert.Contains("current-context: demo.example.com\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--admin")]
    [InlineData("--create-kube-config")]
    [InlineData("--internal")]
    [InlineData("--api-server=lb.example.com")]
    public async Task Updating_a_cluster_writes_it_for_whoever_asks(string flag)
    {
        await _desk.CreateAsync();

        var shown = await _desk.RunAsync("update", "cluster", Name, flag);
        var isWrittenByShowing = System.IO.File.Exists(File);
        var done = await _desk.RunAsync("update", "cluster", Name, "--yes", flag);
        var again = await _desk.RunAsync("update", "cluster", Name, "--yes", flag);

        Assert.Equal((0, 0, 0, false), (shown.ExitCode, done.ExitCode, again.ExitCode, isWrittenByShowing));
        Assert.All(
            [done, again],
            run => Assert.EndsWith($"kubectl's context is {Name} now (in {File})\n", run.Out, StringComparison.Ordinal)
        );
        Assert.Equal(
            flag == "--admin",
            (await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Contains(
                "client-key-data",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task Updating_a_cluster_leaves_kubectl_alone_where_nobody_asks()
    {
        await UpdatedAsync();

        Assert.False(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData(2, "leave one out", "--admin", "--user", "ada")]
    [InlineData(2, "is not a duration", "--admin=soon")]
    [InlineData(4, "has no user \"ada\"", "--user", "ada")]
    public async Task A_mistake_is_explained_and_no_file_written(int exitCode, string message, params string[] flags)
    {
        await UpdatedAsync();

        var run = await _desk.RunAsync(["export", "kubeconfig", Name, .. flags]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_cluster_that_was_never_updated_says_what_to_do()
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("export", "kubeconfig", Name);

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("'kops update cluster demo.example.com --yes' makes it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_clusters_of_the_store_are_written_together()
    {
        await UpdatedAsync("a.example.com");
        await UpdatedAsync("b.example.com");

        await _desk.RunAsync("export", "kubecfg", "--all", "--internal");

        Assert.Equal(
            ["https://api.internal.a.example.com", "https://api.internal.b.example.com"],
            ((SequenceNode)Read()["clusters"]).Select(entry => Text(((MappingNode)((MappingNode)entry)["cluster"])["server"]))
        );
    }

    [Theory]
    // A certificate of the user's on a network load balancer: administrators go around it.
    [InlineData("Network", "https://api.demo.example.com:8443", true, "--admin")]
    [InlineData("Network", "https://api.demo.example.com", true, "--api-server=")]
    [InlineData("Network", "https://lb.example.com", true, "--admin", "--api-server=lb.example.com")]
    [InlineData("Classic", "https://api.demo.example.com", false, "--admin")]
    [InlineData("Classic", "https://api.internal.demo.example.com", true, "--admin", "--internal")]
    public async Task A_certificate_on_the_load_balancer_decides_on_port_and_authority(
        string type,
        string server,
        bool hasAuthority,
        params string[] flags
    )
    {
        var directory = await _desk.CreateAsync(
            Name,
            "--set=spec.api.loadBalancer.type=Public",
            "--set=spec.api.loadBalancer.class=Network",
            "--set=spec.api.loadBalancer.sslCertificate=arn:aws:acm:us-east-1:123456789012:certificate/abc"
        );
        Assert.Equal(0, (await _desk.RunAsync("update", "cluster", Name, "--yes")).ExitCode);

        // kOps no longer makes the other class, and clusters still have it.
        var config = Path.Combine(directory, "config");
        await System.IO.File.WriteAllTextAsync(
            config,
            (await System.IO.File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Replace(
                "class: Network",
                $"class: {type}",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );

        await _desk.RunAsync(["export", "kubeconfig", Name, .. flags]);

        var cluster = Entry(Read(), "clusters", "cluster");
        Assert.Equal(server, Text(cluster["server"]));
        Assert.Equal("api.internal.demo.example.com", Text(cluster["tls-server-name"]));
        Assert.Equal(hasAuthority, cluster.Has("certificate-authority-data"));
    }

    [Theory]
    [InlineData("2001:db8::1", "https://[2001:db8::1]")]
    [InlineData("https://2001:db8::1", "https://[2001:db8::1]")]
    [InlineData("[2001:db8::1]:8443", "https://[2001:db8::1]:8443")]
    [InlineData("lb.example.com:8443", "https://lb.example.com:8443")]
    public async Task Addresses_of_IPv6_stand_in_brackets(string given, string server)
    {
        await UpdatedAsync();

        await _desk.RunAsync("export", "kubeconfig", Name, "--api-server", given);

        Assert.Equal(server, Text(Entry(Read(), "clusters", "cluster")["server"]));
    }

    /// <summary>As kubectl does: an entry is changed where it stands, and what is new goes into the first file that is there.</summary>
    [Fact]
    public async Task Of_several_files_each_entry_is_changed_where_it_stands()
    {
        await UpdatedAsync();
        var first = _desk.Write("first", "apiVersion: v1\nkind: Config\nusers:\n- name: ada\n  user: {token: t}\n");
        var second = _desk.Write(
            "second",
            $$"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {{Name}}
              cluster: {server: "https://old", proxy-url: "http://proxy:1"}
            contexts:
            - name: {{Name}}
              context: {cluster: {{Name}}, user: bob, namespace: team}
            """
        );
        var missing = _desk.PathOf("missing");
        _desk.Environment["KUBECONFIG"] = string.Join(Path.PathSeparator, missing, first, second);

        var run = await _desk.RunAsync("export", "kubeconfig", Name, "--user", "ada");

        Assert.Equal((0, $"kubectl's context is {Name} now (in {first})\n"), (run.ExitCode, run.Out));
        Assert.False(System.IO.File.Exists(missing));
        Assert.Contains($"current-context: {Name}\n", Text(first), StringComparison.Ordinal);
        Assert.DoesNotContain("clusters", Text(first), StringComparison.Ordinal);
        Assert.Contains("proxy-url: http://proxy:1\n    server: https://api.demo.example.com\n", Text(second), StringComparison.Ordinal);
        Assert.Contains("namespace: team\n    user: ada\n", Text(second), StringComparison.Ordinal);

        var delete = await _desk.RunAsync("delete", "cluster", Name, "--unregister", "--yes");
        Assert.Contains($"(in {second})", delete.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Name, Text(first) + Text(second), StringComparison.Ordinal);

        static string Text(string path) => System.IO.File.ReadAllText(path);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("./link")]
    [InlineData("~/link")]
    public async Task A_link_is_followed_from_where_it_stands(string written)
    {
        await UpdatedAsync();
        var real = _desk.Write("dir/real", string.Empty);
        System.IO.File.CreateSymbolicLink(_desk.PathOf("link"), "dir/real");

        var run = await _desk.RunAsync("export", "kubeconfig", Name, "--kubeconfig", written);

        Assert.Equal((0, $"kubectl's context is {Name} now (in {real})\n"), (run.ExitCode, run.Out));
        Assert.NotNull(new FileInfo(_desk.PathOf("link")).LinkTarget);
    }

    [Fact]
    public async Task Many_who_add_their_entries_at_once_add_all()
    {
        string[] names = [Name, .. Enumerable.Range(0, 5).Select(i => $"c{i}.example.com")];
        foreach (var name in names)
            await UpdatedAsync(name);

        var runs = await Task.WhenAll(names.Select(name => Task.Run(() => _desk.RunAsync("export", "kubeconfig", name))));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Error));
        Assert.Equal(names.Order(), ((SequenceNode)Read()["clusters"]!).Select(entry => Text(((MappingNode)entry)["name"])).Order());
    }

    [Fact]
    public async Task A_file_keeps_its_mode_and_one_that_is_read_only_is_not_changed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are Unix'");
            return;
        }

        const UnixFileMode team = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        await UpdatedAsync();
        var path = _desk.Write("shared", string.Empty);
        System.IO.File.SetUnixFileMode(path, team);

        Assert.Equal(0, (await _desk.RunAsync("export", "kubeconfig", Name, "--kubeconfig", path)).ExitCode);
        Assert.Equal(team, System.IO.File.GetUnixFileMode(path));

        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead);
        var run = await _desk.RunAsync("export", "kubeconfig", Name, "--admin", "--kubeconfig", path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is read-only", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/null")]
    public async Task What_is_no_file_is_refused(string written)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there is no such file elsewhere");
        await UpdatedAsync();
        var start = new System.Diagnostics.ProcessStartInfo(
            await NativeBinary.PathOrBuiltAsync(),
            ["export", "kubeconfig", Name, "--admin", "--kubeconfig", written]
        );
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;

        var run = await start.RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("not a file", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    public void Dispose() => _desk.Dispose();

    private async Task UpdatedAsync(string name = Name)
    {
        await _desk.CreateAsync(name);
        Assert.Equal(0, (await _desk.RunAsync("update", "cluster", name, "--yes")).ExitCode);
    }

    private MappingNode Read() => (MappingNode)YamlReader.Read(System.IO.File.ReadAllBytes(File), File)[0].Root;

    private static MappingNode Entry(MappingNode root, string list, string kind) =>
        (MappingNode)((MappingNode)((SequenceNode)root[list])[0])[kind];

    private static string Text(Node node) => ((ScalarNode)node).Text;

    private static string Pem(Node node) => Encoding.ASCII.GetString(Convert.FromBase64String(Text(node)));

    private static X509Certificate2 Certificate(Node node) => X509Certificate2.CreateFromPem(Pem(node));
}
