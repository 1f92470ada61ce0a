using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests.Config;

/// <summary>Every way to say which cluster, and as whom, tried on a real API server.</summary>
public sealed class KubeconfigTests(KubernetesServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string AdminToken => server.Values["K8S_ADMIN_TOKEN"];

    [Fact]
    public async Task Of_several_files_the_first_entry_of_a_name_counts_and_paths_are_relative_to_their_file()
    {
        var first = server.Write(
            $$"""
            current-context: both
            users: [{name: u, user: {token: {{AdminToken}} } }]
            """
        );
        var second = server.Write(Config(user: "{token: wrong}") + "\ncurrent-context: nowhere\n");

        await UseAsync(null, first, "/no/such/file", second);
    }

    [Fact]
    public async Task A_kubeconfig_may_be_JSON() =>
        await UseAsync(
            "both",
            server.Write(
                $$$"""
                {"clusters":[{"name":"s","cluster":{"server":"{{{server.Address}}}","certificate-authority":"ca.crt"}}],
                 "contexts":[{"name":"both","context":{"cluster":"s","user":"u"}}],
                 "users":[{"name":"u","user":{"token":"{{{AdminToken}}}"}}]}
                """
            )
        );

    [Fact]
    public async Task Certificates_of_clients_stand_in_files_or_inline()
    {
        await UseAsync("both", server.Write(Config(user: "{client-certificate: admin.crt, client-key: admin.key}")));
        await UseAsync(
            "both",
            server.Write(
                Config(
                    user: $"{{client-certificate-data: {Base64("admin.crt")}, client-key-data: {Base64("admin.key")}}}",
                    cluster: $"server: {server.Address}, certificate-authority-data: {Base64("ca.crt")}"
                )
            )
        );
    }

    [Fact]
    public async Task A_server_whose_authority_is_not_given_is_refused_unless_that_is_asked_for()
    {
        var e = await RefuseAsync("both", server.Write(Config(cluster: $"server: {server.Address}")));
        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains("is not trusted", e.Message, StringComparison.Ordinal);
        Assert.Contains("check 'certificate-authority'", e.Message, StringComparison.Ordinal);

        await UseAsync("both", server.Write(Config(cluster: $"server: {server.Address}, insecure-skip-tls-verify: true")));
    }

    [Fact]
    public async Task The_name_that_the_servers_certificate_must_have_can_be_another_one_than_the_hosts()
    {
        await UseAsync(
            "both",
            server.Write(Config(cluster: $"server: {server.Address}, certificate-authority: ca.crt, tls-server-name: kubernetes.test"))
        );

        var e = await RefuseAsync(
            "both",
            server.Write(Config(cluster: $"server: {server.Address}, certificate-authority: ca.crt, tls-server-name: other.test"))
        );
        Assert.Contains("tls-server-name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_is_used_where_the_cluster_names_one()
    {
        var e = await RefuseAsync(
            "both",
            server.Write(Config(cluster: $"server: {server.Address}, certificate-authority: ca.crt, proxy-url: http://127.0.0.1:1"))
        );
        Assert.Equal(StoreErrorKind.Unavailable, e.Kind);

        e = await RefuseAsync("both", server.Write(Config(cluster: $"server: {server.Address}, proxy-url: ftp://x")));
        Assert.Contains("'proxy-url' of cluster 's'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_its_token_was_refused()
    {
        var file = server.Write("stale", ".token");
        await using var driver = server.Open(
            "default",
            options => options with { KubeconfigFiles = [server.Write(Config(user: $"{{tokenFile: {Path.GetFileName(file)}}}"))] },
            "both"
        );
        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
        Assert.Contains($"renew the token in {file}", e.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, AdminToken + "\n", Token);

        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task A_pod_uses_its_service_account_where_there_is_no_kubeconfig()
    {
        var directory = Directory.CreateTempSubdirectory("kops-pod");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "token"), AdminToken, Token);
        File.Copy(Path.Combine(server.Directory, "ca.crt"), Path.Combine(directory.FullName, "ca.crt"));
        await using var driver = server.Open(
            "default",
            _ => new KubernetesOptions
            {
                ServiceHost = server.Address.Host,
                ServicePort = $"{server.Address.Port}",
                ServiceAccountDirectory = directory.FullName,
            },
            null
        );

        Assert.Null(await driver.StatAsync("key", Token));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_program_gives_tokens_which_are_kept_until_they_expire_and_asked_for_anew_when_refused()
    {
        var runs = server.Write(string.Empty, ".runs");
        var state = server.Write("stale", ".token");
        var program = server.Write(
            $$$"""
            #!/bin/sh
            echo "$KUBERNETES_EXEC_INFO $GREETING $1" >> {{{runs}}}
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
            printf '"status":{"expirationTimestamp":"%s","token":"%s"}}' "$(cat {{{state}}}.expiry)" "$(cat {{{state}}})"
            """,
            ".sh"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(state + ".expiry", "2090-01-01T00:00:00Z", Token);
        var user =
            $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./{Path.GetFileName(program)}, args: [hello], env: "
            + $"[{{name: GREETING, value: hi}}], provideClusterInfo: true, interactiveMode: IfAvailable}}}}";
        await using var driver = server.Open(
            "default",
            options => options with { KubeconfigFiles = [server.Write(Config(user: user))] },
            "both"
        );

        // Refused: asked for anew once, and then it is the user's.
        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("does not accept user 'u'", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(runs, Token)).Length);

        // Renewed, and good for a long time: however many requests, one run.
        await File.WriteAllTextAsync(state, AdminToken, Token);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => driver.StatAsync($"key{i}", Token).AsTask()));
        var lines = await File.ReadAllLinesAsync(runs, Token);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith(" hi hello", lines[0], StringComparison.Ordinal);
        Assert.Contains(
            "\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains($"\"server\":\"{server.Address}", lines[0], StringComparison.Ordinal);

        // Expired already: one run for each request.
        await File.WriteAllTextAsync(state + ".expiry", "2020-01-01T00:00:00Z", Token);
        await using var second = server.Open(
            "default",
            options => options with { KubeconfigFiles = [server.Write(Config(user: user))] },
            "both"
        );
        await second.StatAsync("key", Token);
        await second.StatAsync("key", Token);
        Assert.InRange((await File.ReadAllLinesAsync(runs, Token)).Length, 5, 6);
    }

    [Theory]
    [InlineData("exit 3", "gave no credentials (exit code 3): no login")]
    [InlineData("echo no-json-but-secret", "is no ExecCredential")]
    [InlineData(
        "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}'",
        "speaks client.authentication.k8s.io/v1beta1, and the kubeconfig says client.authentication.k8s.io/v1"
    )]
    public async Task A_program_that_gives_no_credentials_is_quoted_but_for_what_could_be_one(string script, string message)
    {
        var program = server.Write($"#!/bin/sh\necho no login >&2\n{script}\n", ".sh");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var e = await RefuseAsync(
            "both",
            server.Write(Config(user: $"{{exec: {{apiVersion: client.authentication.k8s.io/v1, command: {program}}}}}"))
        );

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: kops-no-such-program, installHint: get it from example.com}}",
        "'kops-no-such-program' that gives credentials cannot be started"
    )]
    [InlineData(
        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: kops-no-such-program, installHint: get it from example.com}}",
        "get it from example.com"
    )]
    [InlineData(
        "{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}",
        "write client.authentication.k8s.io/v1 or v1beta1"
    )]
    [InlineData("{exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}}", "wants a terminal")]
    [InlineData("{auth-provider: {name: gcp}}", "auth-provider 'gcp', which Kubernetes has given up")]
    [InlineData("{client-certificate: admin.crt}", "a client certificate without its key")]
    [InlineData("{client-certificate: admin.crt, client-key: sa.key}", "the client certificate of user 'u'")]
    [InlineData("{client-certificate: none.crt, client-key: sa.key}", "'client-certificate' of user 'u'")]
    [InlineData("{tokenFile: none.token}", "none.token cannot be read")]
    public async Task What_is_wrong_with_a_user_is_named(string user, string message)
    {
        var e = await RefuseAsync("both", server.Write(Config(user: user)));

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope", "there is no context 'nope' in ", "known are both")]
    [InlineData(null, "has no current context", "k8s://CONTEXT/NAMESPACE")]
    public async Task A_context_that_is_not_there_is_named_with_those_that_are(string? context, string message, string cure)
    {
        var e = await RefuseAsync(context, server.Write(Config()));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(cure, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters: 'x\n", @"is not a kubeconfig: line \d")]
    [InlineData("clusters: [\nusers: }\n", "is not a kubeconfig")]
    [InlineData("just words", "is not a kubeconfig: it should hold a mapping")]
    public async Task A_file_that_is_no_kubeconfig_is_named(string text, string message)
    {
        var e = await RefuseAsync("both", server.Write(text));

        Assert.Matches(@"/.*\.yaml " + message, e.Message);
    }

    [Fact]
    public async Task Who_may_acts_as_somebody_else()
    {
        var e = await RefuseAsync("both", server.Write(Config(user: $"{{token: {AdminToken}, as: somebody}}")));

        Assert.Contains("User \"somebody\" cannot get", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:b", null, "a", "b")]
    [InlineData(null, "/home/me", "/home/me/.kube/config")]
    [InlineData(null, null)]
    public void Kubeconfigs_are_those_of_KUBECONFIG_or_the_one_in_the_home_directory(string? variable, string? home, params string[] files)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variable is not null)
            environment["KUBECONFIG"] = variable.Replace(':', Path.PathSeparator);
        if (home is not null)
            environment["HOME"] = home;

        Assert.Equal(files, KubernetesConfiguration.Read(new StoreSettings("k8s:///state", environment)).KubeconfigFiles);
    }

    private string Config(string? user = null, string? cluster = null) =>
        $$$"""
            clusters: [{name: s, cluster: { {{{cluster ?? $"server: {server.Address}, certificate-authority: ca.crt"}}} }}]
            contexts: [{name: both, context: {cluster: s, user: u}}]
            users: [{name: u, user: {{{user ?? $"{{token: {AdminToken}}}"}}} }]
            """;

    private string Base64(string file) => Convert.ToBase64String(File.ReadAllBytes(Path.Combine(server.Directory, file)));

    private async Task UseAsync(string? context, params string[] files)
    {
        await using var driver = server.Open("default", options => options with { KubeconfigFiles = files }, context);
        Assert.Null(await driver.StatAsync("key", Token));
    }

    private async Task<StoreException> RefuseAsync(string? context, params string[] files)
    {
        await using var driver = server.Open("default", options => options with { KubeconfigFiles = files, MaxRetries = 0 }, context);
        return await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
    }
}
