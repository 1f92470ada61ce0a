using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Kops.Cli.Tests.Support;
using Kops.Vfs.Conformance;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kops.Cli.Tests.Stores;

/// <summary>Authorities of one's own, and proxies, on the way to each store over HTTP.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly ConcurrentQueue<string> _asked = new();

    public void Dispose() => _desk.Dispose();

    /// <summary>
    /// A store, what its profile says with the address of a server put in, and the variable that names an authority for it.
    /// </summary>
    public static TheoryData<string, string, string> Stores() =>
        new()
        {
            {
                "s3://bucket",
                "    endpoint: ADDRESS\n    region: us-east-1\n    pathStyle: true\n    credentials: {accessKeyId: k, secretAccessKey: "
                    + "s}\n    quirks: {probe: false}\n",
                "KOPS_S3_CA_FILE"
            },
            { "gs://bucket", "    endpoint: ADDRESS\n    credentials: {anonymous: true}\n", "KOPS_GS_CA_FILE" },
            { "azureblob://account/container", "    endpoint: ADDRESS/account\n    credentials: {key: c2VjcmV0}\n", "KOPS_AZURE_CA_FILE" },
            {
                "oss://bucket",
                "    endpoint: ADDRESS\n    region: cn-hangzhou\n    credentials: {accessKeyId: k, accessKeySecret: s}\n    quirks: "
                    + "{pathStyle: true}\n",
                "KOPS_OSS_CA_FILE"
            },
            { "swift://container", "    endpoint: ADDRESS/v1/AUTH_x\n    credentials: {envPrefix: MINE_}\n", "OS_CACERT" },
        };

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_server_whose_authority_nobody_knows_is_asked_nothing_and_one_whose_authority_is_named_is(
        string address,
        string profile,
        string variable
    )
    {
        using var authority = TestCertificates.NewAuthority();
        using var certificate = TestCertificates.NewCertificate(authority);
        await using var server = await WebServer.StartAsync(RefuseAsync, certificate);
        var text = profile.Replace("ADDRESS", server.Address, StringComparison.Ordinal);

        var unknown = await RunAsync(address, text);
        var asked = server.Requests;
        var known = await RunAsync(address, $"{text}    ca: {_desk.Write("ca.pem", authority.ExportCertificatePem())}\n");
        var noFile = await RunAsync(address, $"{text}    ca: {_desk.PathOf("nothing.pem")}\n");
        var key = PemEncoding.WriteString("PUBLIC KEY", authority.PublicKey.ExportSubjectPublicKeyInfo());
        var empty = await RunAsync(address, $"{text}    ca: {_desk.Write("empty.pem", key)}\n");
        var broken = await RunAsync(
            address,
            $"{text}    ca: {_desk.Write("broken.pem", PemEncoding.WriteString("CERTIFICATE", [1, 2, 3]))}\n"
        );

        Assert.Equal((1, 0), (unknown.ExitCode, asked));
        Assert.Contains("the certificate of ", unknown.Error, StringComparison.Ordinal);
        Assert.Contains(" is not trusted (", unknown.Error, StringComparison.Ordinal);
        Assert.Contains($"name the authority's PEM file in {variable}", unknown.Error, StringComparison.Ordinal);
        Assert.True(server.Requests > 0, known.Error);
        Assert.DoesNotContain("not trusted", known.Error, StringComparison.Ordinal);
        Assert.Contains("nothing.pem: it should hold certificates of authorities", noFile.Error, StringComparison.Ordinal);
        Assert.Contains("empty.pem: it holds no certificate in PEM form", empty.Error, StringComparison.Ordinal);
        Assert.Contains("broken.pem", broken.Error, StringComparison.Ordinal);
        Assert.Contains("holds a certificate that cannot be read", broken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_server_is_asked_through_the_proxy_that_its_profile_names(string address, string profile, string variable)
    {
        Assert.NotEmpty(variable);
        await using var proxy = await WebServer.StartAsync(RefuseAsync);

        await RunAsync(
            address,
            profile.Replace("ADDRESS", "http://storage.invalid", StringComparison.Ordinal)
                + $"    proxy: {proxy.Address}\n    maxRetries: 0\n"
        );

        Assert.NotEmpty(_asked);
        Assert.All(_asked, target => Assert.StartsWith("http://storage.invalid/", target, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_server_that_takes_no_connection_and_one_that_says_nothing_are_given_up_after_their_time(
        string address,
        string profile,
        string variable
    )
    {
        Assert.NotEmpty(variable);
        await using var silent = await WebServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var full = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        // One waits, and nobody is let in: from then on connections are not made.
        using var first = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await first.ConnectAsync(full.LocalEndPoint!, TestContext.Current.CancellationToken);
        // Long enough for a busy machine to hand a request to the server before it is given up.
        const string limits = "    connectTimeout: 0.3\n    idleTimeout: 1.5\n    maxRetries: 1\n";

        var idle = await RunAsync(address, profile.Replace("ADDRESS", silent.Address, StringComparison.Ordinal) + limits);
        var connect = await RunAsync(
            address,
            profile.Replace("ADDRESS", $"http://{full.LocalEndPoint}", StringComparison.Ordinal) + limits
        );

        Assert.Equal((1, 1, 2), (idle.ExitCode, connect.ExitCode, silent.Requests));
        Assert.All([idle, connect], run => Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal));
    }

    private async Task RefuseAsync(HttpContext context)
    {
        _asked.Enqueue(WebServer.Target(context));
        context.Response.StatusCode = 403;
        await WebServer.SayAsync(context, string.Empty);
    }

    private async Task<KopsRun> RunAsync(string address, string profile)
    {
        _desk.Write(".kops/config", $"stores:\n  {address}:\n{profile}");
        _desk.Environment["MINE_OS_TOKEN"] = "token";
        return await _desk.RunAsync("get", "clusters", "--state", address);
    }
}
