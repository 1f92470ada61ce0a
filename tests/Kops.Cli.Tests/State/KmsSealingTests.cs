using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using Kops.Cli.Tests.Stores;
using Kops.Cli.Tests.Support;
using Kops.StateStore.Bundles.Age;
using Kops.Vfs.Conformance;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>Keys and secrets in a directory for review, sealed for a key of KMS: moto behind a server that counts what is asked.</summary>
public sealed class KmsSealingTests(TestServers servers) : IAsyncLifetime
{
    private const string Name = DeskClusters.Name;
    private const string KeyFile = "sealed-key.kms";
    private const string Authority = $"{Name}/sealed/private/kubernetes-ca/keyset.yaml.age";

    // Made for these tests with age-keygen; it opens nothing else.
    private const string Recipient = "age1w9vh6xc4dv7j65ezv620n6j6r9e0x7c8zxfe3s79l8gu5mgyw4csa9dn3r";
    private const string Identity = "AGE-SECRET-KEY-1CEAUK6KNLK4CHS5QRSTL3A5JJUU6RUL6RPE66SLYE3AWJ0DMGLQS6HCJGK";
    private readonly Desk _desk = new();
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private string? _refusal;
    private WebServer _kms = null!;
    private AmazonKeyManagementServiceClient _admin = null!;
    private string _key = string.Empty;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Review => _desk.PathOf("review");

    private string Cluster => _desk.PathOf($".kops/state/{Name}");

    public async ValueTask InitializeAsync()
    {
        var moto = (await servers.StartAsync("moto"))["AWS_ENDPOINT_URL"];
        _kms = await WebServer.StartAsync(context => ForwardAsync(moto, context));
        _admin = new(
            new BasicAWSCredentials("k", "s"),
            new AmazonKeyManagementServiceConfig { ServiceURL = moto, AuthenticationRegion = "eu-west-1" }
        );
        _key = (await _admin.CreateKeyAsync(new CreateKeyRequest(), Token)).KeyMetadata.Arn;
        _desk.Environment["AWS_ENDPOINT_URL_KMS"] = _kms.Address;
        _desk.Environment["AWS_ACCESS_KEY_ID"] = "AKREVIEW";
        _desk.Environment["AWS_SECRET_ACCESS_KEY"] = "hidden-secret";
        await _desk.CreateAsync();
        await DoneAsync("update", "cluster", Name, "--yes");
    }

    public async ValueTask DisposeAsync()
    {
        if (_kms is not null)
            await _kms.DisposeAsync();
        _admin?.Dispose();
        _http.Dispose();
        _desk.Dispose();
    }

    [Fact]
    public async Task KMS_and_age_open_every_sealed_file_and_so_does_a_recipient()
    {
        var pulled = await DoneAsync("state", "pull", Review, "--kms-key", _key, "--recipient", Recipient);

        Assert.Contains(
            $"Made a key for sealed files, which {_key} opens: {Path.Combine(Review, KeyFile)}.",
            pulled.Out,
            StringComparison.Ordinal
        );
        var identity = await DecryptAsync();
        Assert.Matches(@"^AGE-SECRET-KEY-1\w{58}\n\z", identity);
        Assert.Contains(Authority, Sealed().Keys);
        Assert.Contains($"{Name}/sealed/secrets/admin.age", Sealed().Keys);
        foreach (var file in Sealed().Keys)
        {
            Assert.Equal(Stored(file), await OpenAsync(file, identity));
            Assert.Equal(Stored(file), await OpenAsync(file, Identity));
        }

        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
                .Split(':')
                .Any(directory => File.Exists(Path.Combine(directory, "age"))),
            "age is not installed (Debian: apt-get install age)"
        );
        foreach (var file in Sealed().Keys)
            Assert.Equal(Stored(file), await AgeAsync(file, identity));
    }

    [Fact]
    public async Task KMS_is_asked_once_and_later_pulls_need_neither_the_flag_nor_KMS()
    {
        await _admin.CreateAliasAsync("alias/once", _key, Token);
        var alias = _key[..(_key.LastIndexOf(':') + 1)] + "alias/once";
        await DoneAsync("state", "pull", Review, "--kms-key", alias);
        var (identity, first) = (await DecryptAsync(), Sealed());
        _refusal = "AccessDeniedException";

        await DoneAsync("state", "pull", Review);
        await DoneAsync("state", "pull", Review, "--kms-key", alias);
        Assert.Equal(first, Sealed());
        await DoneAsync("create", "keypair", "kubernetes-ca", "--name", Name);
        await DoneAsync("state", "pull", Review);

        Assert.Equal([Authority], Sealed().Where(file => first[file.Key] != file.Value).Select(file => file.Key));
        Assert.Equal(Stored(Authority), await OpenAsync(Authority, identity));
        Assert.Equal(["TrentService.Encrypt"], _asked);
    }

    [Theory]
    [InlineData("another key")]
    [InlineData("no file")]
    [InlineData("another file")]
    public async Task Another_key_or_a_file_that_is_not_what_it_was_seals_everything_anew(string what)
    {
        await DoneAsync("state", "pull", Review, "--kms-key", _key);
        var (identity, first) = (await DecryptAsync(), Sealed());
        var file = Path.Combine(Review, KeyFile);
        if (what == "no file")
            File.Delete(file);
        else if (what == "another file")
            await File.WriteAllTextAsync(file, "something else", Token);
        else
            _key = (await _admin.CreateKeyAsync(new CreateKeyRequest(), Token)).KeyMetadata.Arn;

        await DoneAsync(["state", "pull", Review, .. what == "another key" ? (string[])["--kms-key", _key] : []]);

        var (renewed, second) = (await DecryptAsync(), Sealed());
        Assert.NotEqual(identity, renewed);
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(second, sealedFile => Assert.NotEqual(first[sealedFile.Key], sealedFile.Value));
        foreach (var name in second.Keys)
            Assert.Equal(Stored(name), await OpenAsync(name, renewed));
        await DoneAsync("state", "pull", Review);
        Assert.Equal(2, _asked.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pull_that_was_stopped_while_it_sealed_is_finished_by_the_next(bool otherKey)
    {
        if (otherKey)
            await DoneAsync(
                "state",
                "pull",
                Review,
                "--kms-key",
                (await _admin.CreateKeyAsync(new CreateKeyRequest(), Token)).KeyMetadata.Arn
            );
        // One file cannot be written: those before it are, those after it and the record are not.
        var (target, aside) = (Path.Combine(Review, Authority), _desk.PathOf("aside"));
        if (otherKey)
            File.Move(target, aside);
        Directory.CreateDirectory(Path.Combine(target, "in-the-way"));
        var stopped = await _desk.RunAsync("state", "pull", Review, "--kms-key", _key);
        Assert.Equal(1, stopped.ExitCode);
        Assert.Contains($"cannot write {target}", stopped.Error, StringComparison.Ordinal);
        var identity = await DecryptAsync();
        Directory.Delete(target, recursive: true);
        if (otherKey)
            File.Move(aside, target);
        _asked.Clear();

        await DoneAsync("state", "pull", Review);

        Assert.Empty(_asked);
        Assert.Equal(identity, await DecryptAsync());
        foreach (var file in Sealed().Keys)
            Assert.Equal(Stored(file), await OpenAsync(file, identity));
        Assert.Contains("Sealed 0 of ", (await DoneAsync("state", "pull", Review)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_pulled_with_the_others_is_named_and_sealed_anew_when_it_is()
    {
        await _desk.CreateAsync("other.example.com");
        await DoneAsync("create", "keypair", "kubernetes-ca", "--primary", "--name", "other.example.com");
        await DoneAsync("state", "pull", Review, "--recipient", Recipient);

        var one = await DoneAsync("state", "pull", Review, Name, "--kms-key", _key);
        var all = await DoneAsync("state", "pull", Review, Name, "other.example.com");

        Assert.Contains(
            $"Note: what is sealed of other.example.com is for the keys before, since it was not pulled: 'kops state pull {Review} "
                + $"other.example.com' seals it again.\n",
            one.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Note: ", all.Error, StringComparison.Ordinal);
        var (identity, file) = (await DecryptAsync(), "other.example.com/sealed/private/kubernetes-ca/keyset.yaml.age");
        Assert.Equal(Stored(file), await OpenAsync(file, identity));
        Assert.Equal(Stored(Authority), await OpenAsync(Authority, identity));
    }

    [Fact]
    public async Task None_ends_it_where_somebody_else_can_open_what_is_sealed()
    {
        await DoneAsync("state", "pull", Review, "--kms-key", _key);
        var before = DeskClusters.Snapshot(Review);

        var refused = await _desk.RunAsync("state", "pull", Review, "--kms-key", "none");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(before, DeskClusters.Snapshot(Review));
        Assert.Contains("name somebody with --recipient", refused.Error, StringComparison.Ordinal);

        var identity = await DecryptAsync();
        await DoneAsync("state", "pull", Review, "--kms-key", "none", "--recipient", Recipient);
        Assert.False(File.Exists(Path.Combine(Review, KeyFile)));
        Assert.Equal(Stored(Authority), await OpenAsync(Authority, Identity));
        await Assert.ThrowsAsync<AgeException>(() => OpenAsync(Authority, identity));
        Assert.DoesNotContain("kms", await File.ReadAllTextAsync(Path.Combine(Review, ".kops-pull.json"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_identity_and_secrets_are_nowhere_in_the_clear()
    {
        var run = await DoneAsync("state", "pull", Review, "--kms-key", _key, "-v", "10");
        var identity = (await DecryptAsync()).TrimEnd();
        _refusal = "KMSInvalidStateException";
        File.Delete(Path.Combine(Review, KeyFile));
        var failed = await _desk.RunAsync("state", "pull", Review, "-v", "10");
        Assert.Equal(2, failed.ExitCode);

        var secret = Stored($"{Name}/sealed/secrets/admin.age").Split('"')[3];
        var said = run.Out + run.Error + failed.Out + failed.Error;
        foreach (
            var hidden in new[]
            {
                identity,
                Convert.ToBase64String(Encoding.ASCII.GetBytes(identity))[..40],
                "AGE-SECRET-KEY",
                secret,
                "privateMaterial: ",
                "hidden-secret",
            }
        )
        {
            Assert.DoesNotContain(hidden, said, StringComparison.OrdinalIgnoreCase);
            Assert.All(
                DeskClusters.Snapshot(Review),
                file => Assert.DoesNotContain(hidden, file.Value, StringComparison.OrdinalIgnoreCase)
            );
        }

        Assert.All(
            DeskClusters.Snapshot(_desk.Home),
            file => Assert.DoesNotContain("AGE-SECRET-KEY", file.Value, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Theory]
    [InlineData("alias/review", null, 2, "is not the ARN of a key or an alias of AWS KMS")]
    [InlineData("arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000", null, 2, "is not in its account and region")]
    [InlineData(null, "DisabledException", 2, "is disabled; enable it")]
    [InlineData(null, "AccessDeniedException", 1, "lack the permission kms:Encrypt on it")]
    [InlineData(null, "UnrecognizedClientException", 1, "check AWS_ACCESS_KEY_ID")]
    public async Task Where_the_key_cannot_be_used_the_cure_is_named_and_nothing_is_written(
        string? key,
        string? refusal,
        int code,
        string cure
    )
    {
        _refusal = refusal;

        var run = await _desk.RunAsync("state", "pull", Review, "--kms-key", key ?? _key);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(cure, run.Error, StringComparison.Ordinal);
        Assert.Contains(key ?? _key, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Review));
    }

    [Fact]
    public async Task Without_a_network_the_cure_is_named()
    {
        _desk.Environment["AWS_ENDPOINT_URL_KMS"] = "http://127.0.0.1:1";

        var run = await _desk.RunAsync("state", "pull", Review, "--kms-key", _key);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("there is no connection (", run.Error, StringComparison.Ordinal);
        Assert.Contains("check the network, the proxy and the region in the ARN", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Review));
    }

    [Fact]
    public async Task An_authority_of_ones_own_is_named_as_for_other_tools_of_AWS()
    {
        using var authority = TestCertificates.NewAuthority();
        using var certificate = TestCertificates.NewCertificate(authority);
        await using var server = await WebServer.StartAsync(context => ForwardAsync(_kms.Address, context), certificate);
        _desk.Environment["AWS_ENDPOINT_URL_KMS"] = server.Address;

        var unknown = await _desk.RunAsync("state", "pull", Review, "--kms-key", _key);
        _desk.Environment["AWS_CA_BUNDLE"] = _desk.Write("ca.pem", authority.ExportCertificatePem());

        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains(
            "its certificate is not trusted; name the authority's PEM file in AWS_CA_BUNDLE",
            unknown.Error,
            StringComparison.Ordinal
        );
        await DoneAsync("state", "pull", Review, "--kms-key", _key);
        Assert.Equal(Stored(Authority), await OpenAsync(Authority, await DecryptAsync()));
    }

    /// <summary>With what a profile gives, through the proxy that the environment names; and without any credentials.</summary>
    [Fact]
    public async Task The_native_program_does_the_same()
    {
        _desk.Write(".aws/credentials", "[team]\naws_access_key_id = AKPROFILE\naws_secret_access_key = s\n");
        var proxied = new ConcurrentQueue<string>();
        await using var proxy = await WebServer.StartAsync(context =>
        {
            proxied.Enqueue($"{WebServer.Target(context)} {context.Request.Headers.Authorization}");
            return ForwardAsync(_kms.Address, context);
        });

        var without = await NativeAsync(("AWS_ENDPOINT_URL_KMS", _kms.Address));
        var run = await NativeAsync(("AWS_PROFILE", "team"), ("AWS_ENDPOINT_URL_KMS", "http://kms.invalid"), ("HTTP_PROXY", proxy.Address));

        Assert.Equal(1, without.ExitCode);
        Assert.Contains("no AWS credentials were found; set AWS_ACCESS_KEY_ID", without.Error, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith("http://kms.invalid/ AWS4-HMAC-SHA256 Credential=AKPROFILE/", Assert.Single(proxied), StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/kms/aws4_request", proxied.Single(), StringComparison.Ordinal);
        Assert.Equal(Stored(Authority), await OpenAsync(Authority, await DecryptAsync()));
    }

    private async Task<KopsRun> NativeAsync(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(await NativeBinary.PathOrBuiltAsync(), ["state", "pull", Review, "--kms-key", _key]);
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        (start.Environment["HOME"], start.Environment["PATH"], start.Environment["AWS_EC2_METADATA_DISABLED"]) = (
            _desk.Home,
            _desk.Environment["PATH"],
            "true"
        );
        start.Environment["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? string.Empty;
        return await start.RunAsync();
    }

    private async Task ForwardAsync(string to, HttpContext context)
    {
        if (to != _kms?.Address)
            _asked.Enqueue(context.Request.Headers["X-Amz-Target"].ToString());
        if (_refusal is { } code)
        {
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/x-amz-json-1.1";
            await WebServer.SayAsync(context, $$"""{"__type":"{{code}}","message":"no, says the server"}""");
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, to);
        request.Content = new StreamContent(context.Request.Body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(context.Request.ContentType!);
        foreach (var name in (string[])["X-Amz-Target", "X-Amz-Date", "Authorization"])
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].ToString());
        using var answer = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>What <c>aws kms decrypt --ciphertext-blob fileb://sealed-key.kms</c> gives.</summary>
    private async Task<string> DecryptAsync()
    {
        using var blob = new MemoryStream(await File.ReadAllBytesAsync(Path.Combine(Review, KeyFile), Token));
        return Encoding.ASCII.GetString(
            (await _admin.DecryptAsync(new DecryptRequest { CiphertextBlob = blob }, Token)).Plaintext.ToArray()
        );
    }

    private async Task<string> OpenAsync(string file, string identity)
    {
        await using var stream = File.OpenRead(Path.Combine(Review, file));
        await using var opened = await AgeReader.BeginAsync(stream, AgeKey.FromIdentity(identity.TrimEnd()), Token);
        using var reader = new StreamReader(opened);
        return await reader.ReadToEndAsync(Token);
    }

    private async Task<string> AgeAsync(string file, string identity)
    {
        using var age = Process.Start(
            new ProcessStartInfo("age", ["-d", "-i", "-", file])
            {
                WorkingDirectory = Review,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await age.StandardInput.WriteAsync(identity);
        age.StandardInput.Close();
        var error = age.StandardError.ReadToEndAsync(Token);
        var opened = await age.StandardOutput.ReadToEndAsync(Token);
        await age.WaitForExitAsync(Token);
        Assert.True(age.ExitCode == 0, await error);
        return opened;
    }

    /// <summary>What stands in the store for a sealed file.</summary>
    private string Stored(string file)
    {
        var below = file[..^".age".Length]
            .Replace("/sealed/private/", "/pki/private/", StringComparison.Ordinal)
            .Replace("/sealed/", "/", StringComparison.Ordinal);
        return File.ReadAllText(_desk.PathOf($".kops/state/{below}"));
    }

    private Dictionary<string, string> Sealed() =>
        Directory
            .GetFiles(Review, "*.age", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(Review, file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    private async Task<KopsRun> DoneAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        return run;
    }
}
