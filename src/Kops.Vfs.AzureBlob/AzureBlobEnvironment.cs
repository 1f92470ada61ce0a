namespace Kops.Vfs.AzureBlob;

/// <summary>Makes options out of environment variables: those that Azure's own tools have, and two of our own.</summary>
/// <remarks>
/// That <c>AZURE_STORAGE_ACCOUNT</c> is an error is a rule of kOps (<c>util/pkg/vfs/azureclient.go</c>). The variables of a sign-in
/// (<c>AZURE_TENANT_ID</c> and so on) are read by Azure's library.
/// </remarks>
public static class AzureBlobEnvironment
{
    /// <summary>The options for a path.</summary>
    /// <param name="path">What the user wrote, for messages.</param>
    /// <param name="environment">The process' environment.</param>
    /// <exception cref="StoreException">A variable is wrong; the message names it.</exception>
    public static AzureBlobOptions Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(environment);
        if (Get("AZURE_STORAGE_ACCOUNT") is { } account)
            throw Wrong($"AZURE_STORAGE_ACCOUNT is set (to '{account}'), but the account is the first part of the path: azureblob://ACCOUNT/CONTAINER/key; unset AZURE_STORAGE_ACCOUNT");
        var (key, sas) = (Get("AZURE_STORAGE_KEY"), Get("AZURE_STORAGE_SAS_TOKEN"));
        if (key is not null && sas is not null) throw Wrong("AZURE_STORAGE_KEY and AZURE_STORAGE_SAS_TOKEN are both set; unset the one that should not be used");
        if (key is not null && !Convert.TryFromBase64String(key, new byte[key.Length], out _))
            throw Wrong("AZURE_STORAGE_KEY is no key of a storage account, which is Base64; copy it again, whole ('az storage account keys list')");
        if (sas is not null && !sas.Contains("sig=", StringComparison.Ordinal))
            throw Wrong("AZURE_STORAGE_SAS_TOKEN is no shared access signature: it has no 'sig='; copy it again, whole, and quoted for the shell");
        return new AzureBlobOptions
        {
            Endpoint = Get("KOPS_AZURE_BLOB_ENDPOINT") is { } endpoint ? Address(endpoint) : null,
            Key = key is null ? null : new AzureSharedKey(key),
            Sas = sas is null ? null : new AzureSas(sas),
            CertificateAuthorityFile = Get("KOPS_AZURE_CA_FILE"),
        };

        string? Get(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

        StoreException Wrong(string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);

        Uri Address(string value) =>
            Uri.TryCreate(value.Contains("://", StringComparison.Ordinal) ? value : "https://" + value, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http" && uri.Host.Length > 0 && uri.Query.Length == 0
                ? uri
                : throw Wrong($"KOPS_AZURE_BLOB_ENDPOINT is '{value}', which is no address; write for example https://blob.core.usgovcloudapi.net");
    }
}
