using System.Net.Http;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>What the headers of an object's content say of it.</summary>
/// <param name="Info">The object.</param>
/// <param name="Crc32C">Its checksum in base 64; null where not given.</param>
internal sealed record GcsContentHeaders(ObjectInfo Info, string? Crc32C)
{
    /// <returns>Null where generation or length are not given, or the content is not the stored bytes.</returns>
    internal static GcsContentHeaders? Read(HttpResponseMessage response, string key)
    {
        if (response.Header("X-Goog-Generation") is not { } generation)
            return null;
        if (response.Content.Headers.ContentLength is not { } length)
            return null;
        var stored = response.Header("X-Goog-Stored-Content-Encoding");
        if (stored is not (null or "identity") && response.Content.Headers.ContentEncoding.Count == 0)
            return null;
        string? crc = null,
            md5 = null;
        foreach (var hash in (response.Header("X-Goog-Hash") ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            if (hash.StartsWith("crc32c=", StringComparison.Ordinal))
                crc = hash["crc32c=".Length..];
            if (hash.StartsWith("md5=", StringComparison.Ordinal))
                md5 = hash["md5=".Length..];
        }

        var modified = response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch;
        return new GcsContentHeaders(
            new ObjectInfo(key, length, new ObjectVersion(generation), modified) { Md5 = GcsObject.Md5(md5) },
            crc
        );
    }
}
