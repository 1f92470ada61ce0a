using Azure.Storage.Blobs.Models;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>What the service says of an object, in its three forms.</summary>
internal static class AzureObject
{
    internal static ObjectInfo Info(string key, BlobProperties blob) =>
        new(key, blob.ContentLength, AzureETag.ToVersion(blob.ETag), blob.LastModified)
        {
            Mark = AzureMetadata.Read(blob.Metadata)?.Id,
            Md5 = Md5(blob.ContentHash),
        };

    internal static ObjectInfo Info(string key, BlobDownloadDetails blob) =>
        new(key, blob.ContentLength, AzureETag.ToVersion(blob.ETag), blob.LastModified)
        {
            Mark = AzureMetadata.Read(blob.Metadata)?.Id,
            Md5 = Md5(blob.ContentHash),
        };

    internal static ObjectInfo Info(BlobItem blob) =>
        new(
            blob.Name,
            blob.Properties.ContentLength ?? 0,
            blob.Properties.ETag is { } etag ? AzureETag.ToVersion(etag) : null,
            blob.Properties.LastModified ?? DateTimeOffset.UnixEpoch
        )
        {
            Md5 = Md5(blob.Properties.ContentHash),
        };

    private static ReadOnlyMemory<byte>? Md5(byte[]? hash) => hash is { Length: 16 } ? new ReadOnlyMemory<byte>(hash) : null;
}
