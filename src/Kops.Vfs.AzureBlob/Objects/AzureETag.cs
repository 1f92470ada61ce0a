using Azure;
using Azure.Storage.Blobs.Models;

namespace Kops.Vfs.AzureBlob.Objects;

/// <summary>ETags as versions, without quotes, and the conditions that they make. Azure gives each write an ETag of its own.</summary>
internal static class AzureETag
{
    internal static ObjectVersion ToVersion(ETag etag) => new(etag.ToString("H").Trim('"'));

    internal static BlobRequestConditions? Conditions(WriteCondition condition) =>
        condition.Kind switch
        {
            WriteConditionKind.IfAbsent => new BlobRequestConditions { IfNoneMatch = ETag.All },
            WriteConditionKind.IfMatch => new BlobRequestConditions { IfMatch = new ETag($"\"{condition.Version.Value}\"") },
            _ => null,
        };
}
