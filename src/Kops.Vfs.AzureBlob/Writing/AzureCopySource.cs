using Azure;
using Azure.Core;
using Azure.Storage.Sas;
using Kops.Vfs.AzureBlob.Objects;

namespace Kops.Vfs.AzureBlob.Writing;

/// <summary>How the service is allowed to read the source of a copy. It does not do so on the strength of the request alone.</summary>
internal static class AzureCopySource
{
    /// <summary>The largest object that the service copies at once, and so atomically.</summary>
    internal const long MaxBytes = 256L << 20;

    private static readonly string[] Scopes = ["https://storage.azure.com/.default"];
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    internal static async ValueTask<(Uri Address, HttpAuthorization? Authorization)> OfAsync(
        AzureContainer container,
        string key,
        CancellationToken cancellationToken
    )
    {
        var blob = container.Client.Container.GetBlobClient(key);
        if (container.Options.Sas is { } sas)
            return (new UriBuilder(blob.Uri) { Query = sas.Token.TrimStart('?') }.Uri, null);
        if (container.Client.Credential is not { } credential)
            return (blob.GenerateSasUri(BlobSasPermissions.Read, container.Clock.GetUtcNow() + Validity), null);
        var token = await container
            .RunAsync(
                "read",
                key,
                _ => credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellationToken).AsTask(),
                cancellationToken
            )
            .ConfigureAwait(false);
        return (blob.Uri, new HttpAuthorization("Bearer", token.Token));
    }
}
