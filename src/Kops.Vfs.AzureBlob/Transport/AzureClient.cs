using System.Net.Http;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Kops.Vfs.AzureBlob.Configuration;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>The SDK's client of a container, with our retry policy and network.</summary>
/// <param name="Container">The client.</param>
/// <param name="Credential">The sign-in; null with a key or a signature.</param>
internal sealed record AzureClient(BlobContainerClient Container, TokenCredential? Credential)
{
    internal static AzureClient Create(Uri container, string account, AzureBlobOptions options, HttpClient http, TimeProvider clock)
    {
        var settings = new BlobClientOptions
        {
            Transport = new HttpClientTransport(http),
            RetryPolicy = new AzureRetryPolicy(options, clock),
            // The names that arrive here are valid, and none begins or ends with a slash.
            TrimBlobNameSlashes = false,
        };
        // Time limits are those of the network.
        settings.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        settings.Diagnostics.ApplicationId = "kops";
        if (options.Key is { } key)
            return new(new BlobContainerClient(container, new StorageSharedKeyCredential(account, key.Value), settings), null);
        if (options.Sas is { } sas)
            return new(new BlobContainerClient(container, new AzureSasCredential(sas.Token.TrimStart('?')), settings), null);
        var credential = options.Credential ?? SignIn(http);
        return new(new BlobContainerClient(container, credential, settings), credential);
    }

    private static DefaultAzureCredential SignIn(HttpClient http)
    {
        var settings = new DefaultAzureCredentialOptions { Transport = new HttpClientTransport(http) };
        settings.Diagnostics.IsLoggingEnabled = false;
        settings.Diagnostics.IsDistributedTracingEnabled = false;
        return new DefaultAzureCredential(settings);
    }
}
