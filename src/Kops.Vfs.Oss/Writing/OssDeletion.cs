using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Writing;

/// <summary>Deletes objects.</summary>
/// <remarks>A condition is checked before the delete and not with it: the lock above makes the two one.</remarks>
internal sealed class OssDeletion(OssBucket bucket)
{
    /// <summary>What OSS takes at once.</summary>
    private const int BatchSize = 1000;

    private const string Permission = "oss:DeleteObject";

    internal async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (await bucket.FindAsync("delete", key, cancellationToken).ConfigureAwait(false) is not { } found)
            return WriteOutcome.Absent;
        if (!condition.HoldsOf(found.Info.Version))
            return WriteOutcome.Conflict;
        var request = OssRequests.To(HttpMethod.Delete, key);
        using var answer = await bucket
            .Guarded.DeleteAsync(key, found.Info.Version!.Value, request, cancellationToken)
            .ConfigureAwait(false);
        return answer.Failure is null or { IsAbsence: true }
            ? WriteOutcome.Deleted
            : throw bucket.Errors.Wrap("delete", key, answer.Failure, Permission);
    }

    /// <summary>Deletes many objects, or versions of them, with few requests; gives what could not be deleted.</summary>
    internal async ValueTask<IReadOnlyList<StoreException>> DeleteManyAsync(
        IReadOnlyList<(string Key, string? VersionId)> objects,
        CancellationToken cancellationToken
    )
    {
        var errors = new List<StoreException>();
        foreach (var batch in objects.Chunk(BatchSize))
        {
            var body = Encoding.UTF8.GetBytes(
                new XElement(
                    "Delete",
                    new XElement("Quiet", "false"),
                    batch.Select(item => new XElement(
                        "Object",
                        new XElement("Key", item.Key),
                        item.VersionId is null ? null : new XElement("VersionId", item.VersionId)
                    ))
                ).ToString(SaveOptions.DisableFormatting)
            );
            // The request's body must have its digest.
            var digest = Convert.ToBase64String(MD5.HashData(body));
            var request = OssRequests.To(HttpMethod.Post, string.Empty, ("delete", null), ("encoding-type", "url")) with
            {
                Body = RestRequest.Bytes(body, "application/xml"),
                Headers = [("Content-MD5", digest)],
            };
            var result = await bucket
                .AskXmlAsync("delete", string.Empty, Permission, "DeleteResult", request, cancellationToken)
                .ConfigureAwait(false);
            // The answer names what is gone now; what it does not name has stayed. Other servers than OSS may name nothing.
            var decode = OssListing.Decoder(result);
            var gone = result.Elements("Deleted").Select(row => decode(OssListing.Text(row, "Key"))).ToHashSet(StringComparer.Ordinal);
            foreach (
                var (key, version) in batch
                    .Where(item => bucket.Options.Probe && item.VersionId is null && !gone.Contains(item.Key))
                    .ToList()
            )
            {
                if (await bucket.FindAsync("delete", key, cancellationToken).ConfigureAwait(false) is null)
                    gone.Add(key);
            }

            errors.AddRange(
                batch
                    .Where(item => !gone.Contains(item.Key))
                    .Select(item => new StoreException(
                        StoreErrorKind.Other,
                        "delete",
                        bucket.Errors.PathOf(item.Key),
                        "the store did not delete it, and gave no reason; check for a retention policy, then try again",
                        isTransient: true
                    ))
            );
        }

        return errors;
    }
}
