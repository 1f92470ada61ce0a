using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.AzureBlob.Configuration;

/// <summary>Makes options out of what users say: the variables of Azure's own tools, two of our own, and profiles.</summary>
/// <remarks>
/// That <c>AZURE_STORAGE_ACCOUNT</c> is an error is a rule of kOps (<c>util/pkg/vfs/azureclient.go</c>). The variables of a sign-in
/// (<c>AZURE_TENANT_ID</c> and so on) are read by Azure's library.
/// </remarks>
public static class AzureBlobConfiguration
{
    private static readonly StoreSetting Endpoint = new(
        "endpoint",
        "the address of the service, where it is not Azure's public cloud",
        "KOPS_AZURE_BLOB_ENDPOINT"
    );
    private static readonly StoreSetting Key = new("credentials.key", "the account's key, in plain text", "AZURE_STORAGE_KEY")
    {
        IsCredential = true,
    };
    private static readonly StoreSetting Sas = new(
        "credentials.sasToken",
        "a shared access signature, in plain text",
        "AZURE_STORAGE_SAS_TOKEN"
    )
    {
        IsCredential = true,
    };

    /// <summary>What can be said of these stores, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> Settings { get; } = [Endpoint, Key, Sas];

    /// <summary>The options for a store.</summary>
    /// <exception cref="StoreException">Something is wrong; the message names it.</exception>
    public static AzureBlobOptions Read(StoreSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.HasProfile && settings.Variable("AZURE_STORAGE_ACCOUNT") is { } account)
            throw settings.Wrong(
                $"AZURE_STORAGE_ACCOUNT is set (to '{account}'), but the account is the first part of the path: "
                    + $"azureblob://ACCOUNT/CONTAINER/key; unset AZURE_STORAGE_ACCOUNT"
            );
        var (key, sas) = (settings.Get(Key), settings.Get(Sas));
        if (key is not null && sas is not null)
            throw settings.Wrong($"{settings.NameOf(Key)} and {settings.NameOf(Sas)} are both set; unset the one that should not be used");
        if (key is not null && !Convert.TryFromBase64String(key, new byte[key.Length], out _))
            throw settings.Wrong(
                $"{settings.NameOf(Key)} is not a key of a storage account, which is Base64; copy it again, whole ('az storage account "
                    + $"keys list')"
            );
        if (sas is not null && !sas.Contains("sig=", StringComparison.Ordinal))
            throw settings.Wrong(
                $"{settings.NameOf(Sas)} is not a shared access signature: it has no 'sig='; copy it again, whole, and quoted for the shell"
            );
        var options = new AzureBlobOptions
        {
            Endpoint = settings.Address(Endpoint, "https", "https://blob.core.usgovcloudapi.net"),
            Key = key is null ? null : new AzureSharedKey(key),
            Sas = sas is null ? null : new AzureSas(sas),
        };
        return settings.WithNetwork(options, "KOPS_AZURE_CA_FILE");
    }
}
