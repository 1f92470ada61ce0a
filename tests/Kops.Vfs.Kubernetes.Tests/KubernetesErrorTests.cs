using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kops.Vfs.Drivers;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Tests.Servers;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Kubernetes.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed partial class KubernetesErrorTests(KubernetesServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations() => ["stat", "read", "write", "replace", "delete", "list"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_namespace_that_is_not_there_is_not_an_absent_object(string operation)
    {
        await using var driver = server.Open("kops-no-such");

        var e = await FailAsync(driver, operation);

        Assert.Equal((StoreErrorKind.StoreNotFound, false), (e.Kind, e.IsTransient));
        Assert.Contains("k8s://admin/kops-no-such", e.Message, StringComparison.Ordinal);
        Assert.Contains(
            "the namespace 'kops-no-such' does not exist in context 'admin'; create it with 'kubectl create namespace kops-no-such', or "
                + "correct the name [NotFound, HTTP 404]",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("stat", "get")]
    [InlineData("read", "get")]
    [InlineData("write", "create")]
    [InlineData("replace", "update")]
    [InlineData("delete", "delete")]
    [InlineData("list", "list")]
    public async Task Where_access_is_denied_user_and_right_are_named(string operation, string verb)
    {
        await using var driver = server.Open(await server.CreateNamespaceAsync(), context: "viewer");

        var e = await FailAsync(driver, operation);

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains($"User \"viewer\" cannot {verb} resource \"secrets\"", e.Message, StringComparison.Ordinal);
        Assert.Contains("the Role in docs/stores/k8s.md", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_that_the_documentation_gives_is_enough_and_no_right_in_it_is_too_much()
    {
        var space = await server.CreateNamespaceAsync();
        await GrantAsync(space, verb => verb);
        await using (var driver = server.Open(space, options => options with { PartSize = 1000 }, "viewer"))
            await UseAsync(driver);

        foreach (var verb in (string[])["get", "list", "create", "update", "delete", "deletecollection"])
        {
            var poorer = await server.CreateNamespaceAsync();
            await GrantAsync(poorer, given => given == verb ? "watch" : given);
            await using var driver = server.Open(poorer, options => options with { PartSize = 1000 }, "viewer");
            if (verb == "deletecollection")
            {
                // Parts stay behind: seen from outside alone.
                await UseAsync(driver);
                Assert.NotEmpty(await server.SecretsAsync(poorer, "part"));
                continue;
            }

            var e = await Assert.ThrowsAsync<StoreException>(async () => await UseAsync(driver));
            Assert.Contains($"cannot {verb} resource \"secrets\"", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_said_to_be()
    {
        var (space, tokens) = await ServiceAccountAsync(8);
        await server.AskAsync(HttpMethod.Delete, $"/api/v1/namespaces/{space}/serviceaccounts/robot");
        StoreException e = null!;
        // The server looks at accounts a moment later, and remembers a token that it has accepted: a fresh one for each look.
        foreach (var token in tokens)
        {
            await using var revoked = OpenWith(space, token);
            e = await FailAsync(revoked, "read");
            if (e.Kind is StoreErrorKind.Unauthenticated)
                break;
            await Task.Delay(250, Token);
        }

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Matches(
            "the API server of context 'c' does not accept the token of user 'u' in /.*: it was revoked, or is for another cluster; get "
                + "a new one, and write it into /",
            e.Message
        );
    }

    [Fact]
    public async Task A_token_that_has_expired_is_said_to_have_expired_and_when()
    {
        var (space, _) = await ServiceAccountAsync(0);
        await using var driver = OpenWith(
            space,
            Sign(
                $$"""
                {"iss":"https://127.0.0.1","sub":"system:serviceaccount:{{space}}:robot","aud":["https://127.0.0.1"],"exp":1700000000}
                """
            )
        );

        var e = await FailAsync(driver, "read");

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("the token of user 'u' in ", e.Message, StringComparison.Ordinal);
        Assert.Contains(" expired at 2023-11-14 22:13:20 UTC; get a new one", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_not_shown()
    {
        await using var driver = OpenWith("default", user: "{username: me, password: open-sesame}");

        var e = await FailAsync(driver, "list");

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("knows nobody by the password of user 'u'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        await using var driver = server.Open(
            "x",
            options => options with { KubeconfigFiles = [server.Write(server.Kubeconfig(new Uri("https://127.0.0.1:1")))], MaxRetries = 1 }
        );

        var e = await FailAsync(driver, "read");

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains("no connection to https://127.0.0.1:1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k8s://context")]
    [InlineData("k8s://context/")]
    [InlineData("k8s:///")]
    [InlineData("k8s:///Name_Space/x")]
    public void A_path_without_a_namespace_says_how_it_is_written(string path)
    {
        var e = Assert.Throws<StoreException>(() =>
            new StoreOpener<KubernetesOptions>(KubernetesStores.Kind, _ => new KubernetesOptions(), TimeProvider.System).Open(path)
        );

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains("namespace", e.Message, StringComparison.Ordinal);
    }

    private static async Task UseAsync(KubernetesStoreDriver driver)
    {
        Assert.Empty(await driver.ListAsync("dir/", ListDepth.Tree, Token).ToListAsync(Token));
        var first = await driver.PutAsync("dir/key", ObjectBody.FromBytes(new byte[1500]), WriteCondition.IfAbsent, Token);
        var second = await driver.PutAsync(
            "dir/key",
            ObjectBody.FromBytes(new byte[2500]),
            WriteCondition.IfMatch(first.Version!.Value),
            Token
        );
        await ObjectContent.ReadAsync((await driver.OpenReadAsync("dir/key", Token))!, Token);
        await driver.DeleteAsync("dir/key", WriteCondition.IfMatch(second.Version!.Value), Token);
    }

    /// <summary>Applies the manifest of the documentation, for the user <c>viewer</c>.</summary>
    private async Task GrantAsync(string space, Func<string, string> change)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "stores", "k8s.md"), Token);
        var manifest = Manifest().Match(page).Groups[1].Value.Replace("kops-state", space, StringComparison.Ordinal);
        manifest = Verbs().Replace(manifest, match => $"verbs: [{string.Join(", ", match.Groups[1].Value.Split(", ").Select(change))}]");
        foreach (var document in manifest.Split("---\n"))
        {
            var kind = document.Contains("kind: RoleBinding", StringComparison.Ordinal) ? "rolebindings" : "roles";
            await server.AskAsync(
                HttpMethod.Post,
                $"/apis/rbac.authorization.k8s.io/v1/namespaces/{space}/{kind}",
                document.Replace("name: alice", "name: viewer", StringComparison.Ordinal),
                "application/yaml"
            );
        }
    }

    private async Task<(string Space, IReadOnlyList<string> Tokens)> ServiceAccountAsync(int count)
    {
        var space = await server.CreateNamespaceAsync();
        await server.AskAsync(HttpMethod.Post, $"/api/v1/namespaces/{space}/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        var tokens = new List<string>();
        while (tokens.Count < count)
        {
            var request = $$"""
                {
                  "apiVersion": "authentication.k8s.io/v1",
                  "kind": "TokenRequest",
                  "spec": { "expirationSeconds": {{3600 + tokens.Count}} }
                }
                """;
            var answer = await server.AskAsync(HttpMethod.Post, $"/api/v1/namespaces/{space}/serviceaccounts/robot/token", request);
            tokens.Add(answer.GetProperty("status").GetProperty("token").GetString()!);
        }

        return (space, tokens);
    }

    private KubernetesStoreDriver OpenWith(string space, string? token = null, string? user = null) =>
        server.Open(
            space,
            options =>
                options with
                {
                    KubeconfigFiles =
                    [
                        server.Write(
                            $$$"""
                            clusters: [{name: s, cluster: {server: "{{{server.Address}}}", certificate-authority: ca.crt}}]
                            contexts: [{name: c, context: {cluster: s, user: u}}]
                            users: [{name: u, user: {{{user ?? $"{{token: {token}}}"}}}}]
                            """
                        ),
                    ],
                },
            "c"
        );

    private string Sign(string claims)
    {
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(server.Values["K8S_SA_KEY"]));
        var text = $"{Encode("""{"alg":"RS256"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        return $"{text}.{Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    private static async Task<StoreException> FailAsync(KubernetesStoreDriver driver, string operation) =>
        await Assert.ThrowsAsync<StoreException>(async () =>
            await (
                operation switch
                {
                    "stat" => driver.StatAsync("key", Token).AsTask(),
                    "read" => driver.OpenReadAsync("key", Token).AsTask(),
                    "write" => driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token).AsTask(),
                    "replace" => driver
                        .PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfMatch(new ObjectVersion("1")), Token)
                        .AsTask(),
                    "delete" => driver.DeleteAsync("key", WriteCondition.IfMatch(new ObjectVersion("1")), Token).AsTask(),
                    _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
                }
            )
        );

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Manifest();

    [GeneratedRegex(@"verbs: \[(.*?)\]")]
    private static partial Regex Verbs();
}
