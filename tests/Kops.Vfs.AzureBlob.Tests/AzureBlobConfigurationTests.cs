using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Objects;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Profiles;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>Options out of the environment, and addresses out of paths.</summary>
public sealed class AzureBlobConfigurationTests
{
    private const string Path = "azureblob://account/container/key";

    [Fact]
    public void Without_variables_it_is_the_public_cloud_with_a_sign_in()
    {
        Assert.Equal(new AzureBlobOptions(), Read());
        Assert.Equal("https://account.blob.core.windows.net/", AzureBlobEndpoint.Of(Path, "account", null).AbsoluteUri);
    }

    [Fact]
    public void AZURE_STORAGE_ACCOUNT_is_an_error_as_in_kOps_and_the_cure_is_named()
    {
        var e = Assert.Throws<StoreException>(() => Read(("AZURE_STORAGE_ACCOUNT", "other")));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains("unset AZURE_STORAGE_ACCOUNT", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_a_signature_and_an_authority_are_taken_from_the_variables_of_Azures_tools()
    {
        Assert.Equal(new AzureBlobOptions { Key = new AzureSharedKey("c2VjcmV0") }, Read(("AZURE_STORAGE_KEY", " c2VjcmV0\n")));
        Assert.Equal(
            new AzureBlobOptions { Sas = new AzureSas("?sv=1&sig=x") },
            Read(("AZURE_STORAGE_SAS_TOKEN", "?sv=1&sig=x"), ("AZURE_STORAGE_KEY", " "))
        );
        Assert.Equal("/etc/ca.pem", Read(("KOPS_AZURE_CA_FILE", "/etc/ca.pem")).CertificateAuthorityFile);
    }

    [Theory]
    [InlineData("AZURE_STORAGE_KEY", "not base64!", "AZURE_STORAGE_KEY is not a key")]
    [InlineData("AZURE_STORAGE_SAS_TOKEN", "?sv=2024-05-04", "it has no 'sig='")]
    [InlineData("KOPS_AZURE_BLOB_ENDPOINT", "ftp://x", "KOPS_AZURE_BLOB_ENDPOINT is 'ftp://x'")]
    [InlineData("KOPS_AZURE_BLOB_ENDPOINT", "https://", "KOPS_AZURE_BLOB_ENDPOINT is 'https://'")]
    public void A_wrong_value_is_told_by_its_variable(string name, string value, string said)
    {
        var e = Assert.Throws<StoreException>(() => Read((name, value)));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_of_credentials_at_once_are_an_error() =>
        Assert.Contains(
            "both set",
            Assert.Throws<StoreException>(() => Read(("AZURE_STORAGE_KEY", "c2VjcmV0"), ("AZURE_STORAGE_SAS_TOKEN", "sig=x"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Options_print_no_secrets()
    {
        var text = new AzureBlobOptions { Key = new AzureSharedKey("c2VjcmV0"), Sas = new AzureSas("sig=c2VjcmV0") }.ToString();

        Assert.DoesNotContain("c2VjcmV0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:10000", "http://127.0.0.1:10000/account")]
    [InlineData("http://127.0.0.1:10000/account", "http://127.0.0.1:10000/account")]
    [InlineData("http://127.0.0.1:10000/account/", "http://127.0.0.1:10000/account/")]
    [InlineData("http://[::1]:10000", "http://[::1]:10000/account")]
    [InlineData("http://localhost:10000", "http://localhost:10000/account")]
    [InlineData("blob.core.usgovcloudapi.net", "https://account.blob.core.usgovcloudapi.net/")]
    [InlineData("https://account.blob.core.chinacloudapi.cn", "https://account.blob.core.chinacloudapi.cn/")]
    public void An_endpoint_names_the_account_or_is_given_it(string endpoint, string address) =>
        Assert.Equal(address, AzureBlobEndpoint.Of(Path, "account", Read(("KOPS_AZURE_BLOB_ENDPOINT", endpoint)).Endpoint).AbsoluteUri);

    [Fact]
    public void An_endpoint_of_another_account_is_an_error()
    {
        var stores = new StoreOpener<AzureBlobOptions>(
            AzureBlobStores.Kind,
            path =>
                AzureBlobConfiguration.Read(new StoreSettings(path, Variables(("KOPS_AZURE_BLOB_ENDPOINT", "http://127.0.0.1:1/other")))),
            TimeProvider.System
        );

        Assert.Contains(
            "that of the account 'other'",
            Assert.Throws<StoreException>(() => stores.Open(Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("azureblob://", "not a storage account name")]
    [InlineData("azureblob://Account/container", "not a storage account name")]
    [InlineData("azureblob://ab/container", "not a storage account name")]
    [InlineData("azureblob://account", "names no container")]
    [InlineData("azureblob://account/", "names no container")]
    [InlineData("azureblob://account/Upper", "not a container name")]
    [InlineData("azureblob://account/a--b", "not a container name")]
    [InlineData("azureblob://account/-ab", "not a container name")]
    public void A_path_that_names_no_container_is_refused_with_the_form_that_it_should_have(string path, string said)
    {
        var e = Assert.Throws<StoreException>(() =>
            new StoreOpener<AzureBlobOptions>(AzureBlobStores.Kind, _ => new AzureBlobOptions(), TimeProvider.System).Open(path)
        );

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_of_one_container_share_a_store()
    {
        await using var registry = new StoreRegistry();
        new StoreOpener<AzureBlobOptions>(AzureBlobStores.Kind, _ => new AzureBlobOptions(), TimeProvider.System).AddTo(registry);

        var key = registry.Resolve("azureblob://account/container/a/b/");

        Assert.Equal(("a/b", "azureblob://account/container/a/b"), (key.Key, key.ToString()));
        Assert.Same(key.Store, registry.Resolve("azureblob://account/container").Store);
        Assert.NotSame(key.Store, registry.Resolve("azureblob://account/other").Store);
    }

    [Theory]
    [InlineData("back\\slash")]
    [InlineData("config.")]
    [InlineData("dir./x")]
    [InlineData("tab\t")]
    [InlineData("del\u007f")]
    public void Names_that_Azure_would_change_are_no_keys(string key) => Assert.NotNull(AzureBlobNames.KeyProblem(key));

    [Fact]
    public void Names_have_a_length_and_a_depth()
    {
        Assert.Null(AzureBlobNames.KeyProblem(new string('k', 1024)));
        Assert.NotNull(AzureBlobNames.KeyProblem(new string('k', 1025)));
        Assert.Null(AzureBlobNames.KeyProblem(string.Join('/', Enumerable.Repeat("a", 254))));
        Assert.NotNull(AzureBlobNames.KeyProblem(string.Join('/', Enumerable.Repeat("a", 255))));
    }

    private static AzureBlobOptions Read(params (string Name, string Value)[] variables) =>
        AzureBlobConfiguration.Read(new StoreSettings(Path, Variables(variables)));

    private static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
