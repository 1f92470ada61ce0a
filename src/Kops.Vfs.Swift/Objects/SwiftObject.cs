using System.Globalization;
using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Swift.Objects;

/// <summary>An object as the headers of an answer describe it.</summary>
/// <param name="Info">What a stat says.</param>
/// <param name="Mark">Who wrote it; null where the writer left no mark.</param>
/// <param name="IsSegmented">Whether it is a manifest of segments.</param>
internal sealed record SwiftObject(ObjectInfo Info, WriteMark? Mark, bool IsSegmented)
{
    /// <summary>The header that holds the mark. Swift's metadata has no lower case.</summary>
    internal const string MarkHeader = "X-Object-Meta-Kops-Write";

    /// <summary>What a settled write compares.</summary>
    internal MarkedObject Marked => new(Info.Version!.Value, Mark);

    /// <remarks>
    /// The version is the mark where there is one: the answer to a PUT does not tell the timestamp, which is the version of what others
    /// wrote.
    /// </remarks>
    internal static SwiftObject Read(HttpResponseMessage response, string key, long? size = null)
    {
        var mark = WriteMark.Parse(response.Header(MarkHeader));
        var timestamp = response.Header("X-Timestamp");
        var etag = response.Header("ETag")?.Trim('"') ?? string.Empty;
        var isSegmented = string.Equals(response.Header("X-Static-Large-Object"), "true", StringComparison.OrdinalIgnoreCase);
        var modified = double.TryParse(timestamp, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch;
        var version = new ObjectVersion(mark?.Id ?? timestamp ?? etag);
        var isWhole = !isSegmented && response.Header("X-Object-Manifest") is null;
        return new SwiftObject(
            new ObjectInfo(key, size ?? response.Content.Headers.ContentLength ?? 0, version, modified)
            {
                Mark = mark?.Id,
                Md5 = isWhole ? Md5Checksum.Parse(etag) : null,
            },
            mark,
            isSegmented
        );
    }
}
