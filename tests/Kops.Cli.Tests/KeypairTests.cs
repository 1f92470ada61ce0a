using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>Keys are exchanged step by step: create, promote, distrust; and trusted again.</summary>
public sealed class KeypairTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Fact]
    public async Task The_keys_of_all_keysets_are_exchanged_in_three_steps()
    {
        await UpdatedAsync();
        var before = await KeysAsync();

        var created = await DoneAsync("create", "keypair", "all");
        var promoted = await DoneAsync("promote", "keypair", "all");
        var again = await DoneAsync("promote", "keypair", "all");
        var distrusted = await DoneAsync("distrust", "keypair", "all");
        var after = await KeysAsync();

        Assert.Equal(
            before.Count,
            created
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Count(line => line.StartsWith("Created ", StringComparison.Ordinal))
        );
        Assert.Equal(created.Out.Replace("Created", "Promoted", StringComparison.Ordinal), promoted.Out);
        Assert.All(
            again.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("keypair newer than current primary", line, StringComparison.Ordinal)
        );
        Assert.Equal(
            before.Order().Select(key => $"Distrusted {key}"),
            distrusted.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order()
        );
        Assert.Equal(
            promoted
                .Out.Replace("Promoted ", string.Empty, StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(),
            after.Order()
        );
        // Machines are told of the new keys by the next update, and that is all that it has to do.
        var updated = (await _desk.RunAsync("update", "cluster", Name, "--yes")).Out;
        Assert.Contains("A rolling update is wanted by: control-plane-us-east-1a, nodes-us-east-1a", updated, StringComparison.Ordinal);
        Assert.All(
            updated.Split('\n').Where(line => line.StartsWith("~ ", StringComparison.Ordinal)),
            line => Assert.EndsWith("/nodeupconfig.yaml", line, StringComparison.Ordinal)
        );
        Assert.Equal($"The files of cluster {Name} are up to date\n", (await _desk.RunAsync("update", "cluster", Name, "--yes")).Out);
    }

    [Fact]
    public async Task A_key_that_was_distrusted_can_be_trusted_again()
    {
        await UpdatedAsync();
        var old = Assert.Single(await KeysAsync(), key => key.StartsWith("kubernetes-ca ", StringComparison.Ordinal)).Split(' ')[1];
        await DoneAsync("create", "keypair", "kubernetes-ca", "--primary");
        await DoneAsync("distrust", "keypair", "kubernetes-ca", old);
        Assert.Contains("DISTRUSTED", (await DoneAsync("get", "keypairs", "kubernetes-ca", "--distrusted")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain($"kubernetes-ca {old}", await KeysAsync());

        var trusted = await DoneAsync("trust", "keypair", "kubernetes-ca", old);

        Assert.Equal($"Trusted kubernetes-ca {old}\n", trusted.Out);
        Assert.Contains($"kubernetes-ca {old}", await KeysAsync());
    }

    [Fact]
    public async Task A_certificate_and_key_of_the_users_are_taken_over_and_shown()
    {
        await UpdatedAsync();
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=ours, O=Example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(100));
        _desk.Write("ca.pem", certificate.ExportCertificatePem());
        _desk.Write("ca-key.pem", key.ExportPkcs8PrivateKeyPem());
        _desk.Write("other-key.pem", RSA.Create(2048).ExportPkcs8PrivateKeyPem());

        var foreign = await RunAsync(
            "create",
            "keypair",
            "kubernetes-ca",
            "--cert",
            _desk.PathOf("ca.pem"),
            "--key",
            _desk.PathOf("other-key.pem")
        );
        await DoneAsync(
            "create",
            "keypair",
            "kubernetes-ca",
            "--cert",
            _desk.PathOf("ca.pem"),
            "--key",
            _desk.PathOf("ca-key.pem"),
            "--primary"
        );
        var yaml = await DoneAsync("get", "keypairs", "kubernetes-ca", "-o", "yaml");
        var file = await File.ReadAllTextAsync(
            _desk.PathOf($".kops/state/{Name}/pki/private/kubernetes-ca/keyset.yaml"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("is not that of the certificate", foreign.Error, StringComparison.Ordinal);
        Assert.Contains(
            "  isCA: true\n  isPrimary: true\n  issuer: CN=ours,O=Example\n  keyLength: 3072\n  name: kubernetes-ca\n",
            yaml.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(Convert.ToBase64String("-----BEGIN RSA PRIVATE KEY-----\n"u8)[..40], file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "cannot be exchanged", "create", "keypair", "kubelet")]
    [InlineData(2, "goes with one keyset", "create", "keypair", "all", "--primary")]
    [InlineData(2, "IDs go with one keyset", "promote", "keypair", "all", "1")]
    [InlineData(1, "must be primary", "create", "keypair", "my-ca")]
    [InlineData(
        4,
        "keyset \"kubernets-ca\" not found in cluster \"demo.example.com\"; did you mean 'kubernetes-ca'?",
        "promote",
        "keypair",
        "kubernets-ca"
    )]
    [InlineData(4, "has no keypair 1", "trust", "keypair", "kubernetes-ca", "1")]
    [InlineData(1, "holds no certificate", "create", "keypair", "kubernetes-ca", "--cert", "FILE")]
    [InlineData(1, "holds no private key", "create", "keypair", "kubernetes-ca", "--key", "FILE")]
    [InlineData(2, "needs KEYSET", "trust", "keypair", "kubernetes-ca")]
    public async Task A_mistake_is_explained_and_nothing_changes(int exitCode, string message, params string[] arguments)
    {
        await UpdatedAsync();
        var file = _desk.Write("secret.txt", "-----BEGIN RSA PRIVATE KEY-----\nTOPSECRET\n-----END RSA PRIVATE KEY-----\n");
        var before = DeskClusters.Snapshot(_desk.PathOf(".kops/state"));

        var run = await RunAsync([.. arguments.Select(word => word == "FILE" ? file : word)]);

        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.DoesNotContain("TOPSECRET", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf(".kops/state")));
    }

    [Fact]
    public async Task The_primary_key_cannot_be_distrusted()
    {
        await UpdatedAsync();
        var primary = Assert.Single(await KeysAsync(), key => key.StartsWith("service-account ", StringComparison.Ordinal)).Split(' ')[1];

        var run = await RunAsync("distrust", "keypair", "service-account", primary);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be distrusted; promote another one first", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private Task<KopsRun> RunAsync(params string[] arguments) => _desk.RunAsync([.. arguments, "--name", Name]);

    private async Task<KopsRun> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }

    private async Task UpdatedAsync()
    {
        await _desk.CreateAsync();
        Assert.Equal(0, (await _desk.RunAsync("update", "cluster", Name, "--yes")).ExitCode);
    }

    /// <summary>Each trusted key as <c>KEYSET ID</c>.</summary>
    private async Task<IReadOnlyList<string>> KeysAsync() =>
        [
            .. (await DoneAsync("get", "keypairs"))
                .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(line => string.Join(' ', line.Split('\t', StringSplitOptions.RemoveEmptyEntries)[..2])),
        ];
}
