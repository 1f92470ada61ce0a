using Azure.Storage;
using Azure.Storage.Blobs;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Conformance.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(AzureServer))]

namespace Kops.Vfs.AzureBlob.Tests.Servers;

/// <summary>
/// The server that all tests of this project share: Azurite, started by <c>eng/servers/azurite.sh</c>; or, where
/// <c>KOPS_TEST_AZURE_ACCOUNT</c> is set, that account, with its key in <c>KOPS_TEST_AZURE_KEY</c> and its address, where it is not Azure's
/// public cloud, in <c>KOPS_TEST_AZURE_ENDPOINT</c>.
/// </summary>
public sealed class AzureServer : IAsyncLifetime
{
    internal const string AccountVariable = "KOPS_TEST_AZURE_ACCOUNT";
    internal const string KeyVariable = "KOPS_TEST_AZURE_KEY";
    internal const string EndpointVariable = "KOPS_TEST_AZURE_ENDPOINT";
    private static int s_containers;
    private ServerScript? _script;
    private string? _reason;
    private BlobServiceClient? _admin;
    private AzureBlobOptions? _options;
    private string _account = string.Empty;

    /// <summary>The account's name.</summary>
    public string Account => Options is null ? string.Empty : _account;

    /// <summary>Options with the account's key.</summary>
    public AzureBlobOptions Options
    {
        get
        {
            Assert.SkipWhen(_options is null, _reason ?? "no Azure server");
            return _options!;
        }
    }

    /// <summary>The SDK's own client, to set the scene and to check from outside.</summary>
    public BlobServiceClient Admin
    {
        get
        {
            _ = Options;
            return _admin!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FromEnvironment() is { } given)
            (_account, _options) = given;
        else
            await StartAsync();
        if (_options is null)
            return;
        _admin = new BlobServiceClient(
            AzureBlobEndpoint.Of("test", _account, _options.Endpoint),
            new StorageSharedKeyCredential(_account, _options.Key!.Value)
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>Makes an empty container.</summary>
    public async Task<string> CreateContainerAsync(CancellationToken cancellationToken)
    {
        var name = $"kops-{Environment.ProcessId}-{Interlocked.Increment(ref s_containers)}";
        await Admin.CreateBlobContainerAsync(name, cancellationToken: cancellationToken);
        return name;
    }

    /// <summary>A driver of a container.</summary>
    public AzureBlobStoreDriver Open(string container, Func<AzureBlobOptions, AzureBlobOptions>? change = null) =>
        new(Account, container, change is null ? Options : change(Options), TimeProvider.System);

    /// <summary>The account that the environment names; null for none.</summary>
    internal static (string Account, AzureBlobOptions Options)? FromEnvironment() =>
        Environment.GetEnvironmentVariable(AccountVariable) is not { Length: > 0 } account
            ? null
            : (
                account,
                OptionsOf(
                    Environment.GetEnvironmentVariable(EndpointVariable),
                    Environment.GetEnvironmentVariable(KeyVariable) ?? string.Empty
                )
            );

    private static AzureBlobOptions OptionsOf(string? endpoint, string key) =>
        new() { Endpoint = string.IsNullOrEmpty(endpoint) ? null : new Uri(endpoint), Key = new AzureSharedKey(key) };

    private async Task StartAsync()
    {
        (_script, _reason) = await ServerScript.StartAsync("azurite");
        if (_script is not { Values: var values })
            return;
        (_account, _options) = (values["AZURE_ACCOUNT"], OptionsOf(values["AZURE_ENDPOINT"], values["AZURE_KEY"]));
    }
}
