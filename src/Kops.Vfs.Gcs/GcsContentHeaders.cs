using System.Net.Http;

namespace Kops.Vfs.Gcs;

/// <summary>What the headers of an object's content say of it.</summary>
/// <param name="Info">The object.</param>
/// <param name="Crc32C">Its checksum in base 64; null where not given.</param>
internal sealed record GcsContentHeaders(ObjectInfo Info, string? Crc32C)
{
    /// <returns>Null where generation or length are not given, or the content is not the stored bytes.</returns>
    internal static GcsContentHeaders? Read(HttpResponseMessage response, string key)
    {
        if (Header(response, "X-Goog-Generation") is not { } generation)
            return null;
        if (response.Content.Headers.ContentLength is not { } length)
            return null;
        var stored = Header(response, "X-Goog-Stored-Content-Encoding");
        if (stored is not (null or "identity") && response.Content.Headers.ContentEncoding.Count == 0)
            return null;
        string? crc = null,
            md5 = null;
        foreach (var hash in (Header(response, "X-Goog-Hash") ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
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

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(',', values)
            : null;
}
