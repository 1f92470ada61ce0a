using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Oss.Objects;

/// <summary>An object as the headers of an answer describe it.</summary>
/// <param name="Info">What a stat says.</param>
/// <param name="Mark">Who wrote it; null where the writer left no mark.</param>
internal sealed record OssObject(ObjectInfo Info, WriteMark? Mark)
{
    /// <summary>The header that holds the mark.</summary>
    internal const string MarkHeader = "x-oss-meta-" + WriteMark.Name;

    /// <summary>What a settled write compares.</summary>
    internal MarkedObject Marked => new(Info.Version!.Value, Mark);

    /// <remarks>The version is the mark where there is one, which says "this write"; an ETag says "this content" only.</remarks>
    internal static OssObject Read(HttpResponseMessage response, string key, long? size = null)
    {
        var mark = WriteMark.Parse(response.Header(MarkHeader));
        var etag = ETag(response)?.Trim('"') ?? string.Empty;
        var (length, modified) = (
            size ?? response.Content.Headers.ContentLength ?? 0,
            response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch
        );
        var isPlain =
            response.Header("x-oss-object-type") is null or "Normal" && response.Header("x-oss-server-side-encryption") is not "KMS";
        var info = new ObjectInfo(
            key,
            length,
            new ObjectVersion(mark?.Id ?? (etag.Length > 0 ? etag : $"{length}-{modified.ToUnixTimeSeconds()}")),
            modified
        )
        {
            Mark = mark?.Id,
            Md5 = isPlain ? Md5Checksum.Parse(etag) : null,
        };
        return new OssObject(info, mark);
    }

    /// <summary>The ETag as it was written, with whatever quotes; null for none.</summary>
    internal static string? ETag(HttpResponseMessage response) => response.Header("ETag");
}
