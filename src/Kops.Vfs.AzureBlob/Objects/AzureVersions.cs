using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Kops.Vfs.AzureBlob.Transport;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>Reads objects, in their current version or in an older one that the account has kept.</summary>
internal sealed class AzureVersions(AzureContainer container)
{
    /// <param name="key">The object.</param>
    /// <param name="versionId">The version; null or empty for the current one.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    internal async ValueTask<ObjectReader?> OpenAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        if (AzureBlobNames.KeyProblem(key) is not null)
            return null;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            BlobBaseClient blob = container.Client.Container.GetBlockBlobClient(key);
            if (!string.IsNullOrEmpty(versionId))
                blob = blob.WithVersion(versionId);
            var answer = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var info = AzureObject.Info(key, answer.Value.Details);
            return new ObjectReader(info, new AzureContentStream(container, key, answer.Value.Content, info.Size));
        }
        catch (RequestFailedException e) when (AzureFailure.Is(e, "BlobNotFound"))
        {
            return null;
        }
        catch (Exception e) when (!AzureContainer.IsCancelled(e, cancellationToken))
        {
            throw container.Wrap("read", key, e);
        }
    }

    internal async IAsyncEnumerable<StoredVersion> ListAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The service tells the oldest first.
        var versions = await container
            .RunAsync("list", key, _ => ReadAsync(key, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            var version = versions[i];
            var info = AzureObject.Info(version);
            yield return new StoredVersion(
                version.VersionId ?? string.Empty,
                version.VersionId is null || version.IsLatestVersion == true,
                info.LastModified,
                info
            );
        }
    }

    internal async ValueTask<int> DeleteAllAsync(string key, CancellationToken cancellationToken)
    {
        // What is current cannot be deleted by its version; deleted plainly, it becomes one more old version where versions are kept.
        var current = await container
            .RunAsync(
                "delete",
                key,
                client => client.Container.DeleteBlobIfExistsAsync(key, DeleteSnapshotsOption.IncludeSnapshots, null, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        var versions = await container
            .RunAsync("list", key, _ => ReadAsync(key, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        foreach (var version in versions.Where(version => version.VersionId is not null))
        {
            await container
                .RunAsync(
                    "delete",
                    key,
                    client =>
                        client
                            .Container.GetBlockBlobClient(key)
                            .WithVersion(version.VersionId)
                            .DeleteIfExistsAsync(cancellationToken: cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        return versions.Count > 0 ? versions.Count
            : current.Value ? 1
            : 0;
    }

    private async Task<List<BlobItem>> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var versions = new List<BlobItem>();
        var options = new GetBlobsOptions { Prefix = key, States = BlobStates.Version };
        await foreach (var blob in container.Client.Container.GetBlobsAsync(options, cancellationToken).ConfigureAwait(false))
        {
            // Names come in order, and the prefix itself is the first of those that begin with it.
            if (blob.Name != key)
                break;
            versions.Add(blob);
        }

        return versions;
    }
}
