using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Rest.Writing;

namespace Kops.Vfs.Oss.Writing;

/// <summary>Writes a large object in parts, of which two are in memory. Until the last request readers see the old object.</summary>
internal sealed class OssMultipart(OssBucket bucket)
{
    /// <summary>What OSS takes for one object.</summary>
    internal const int MaxParts = 10_000;

    private const string Permission = "oss:PutObject";

    /// <param name="key">The object.</param>
    /// <param name="first">Its first part, full.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="condition">The condition, which has been looked at.</param>
    /// <param name="cancellationToken">Stops it; the parts are removed.</param>
    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        byte[] first,
        PartReader rest,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var begin = OssRequests.To(HttpMethod.Post, key, ("uploads", null)) with
        {
            Body = RestRequest.Bytes(default),
            Headers = OssWriter.Headers(bucket.Options, mark, condition),
        };
        var upload = OssListing.Text(
            await bucket
                .AskXmlAsync("write", key, Permission, "InitiateMultipartUploadResult", begin, cancellationToken)
                .ConfigureAwait(false),
            "UploadId"
        );
        try
        {
            var parts = await PutPartsAsync(key, upload, first, rest, cancellationToken).ConfigureAwait(false);
            var outcome = await CompleteAsync(key, upload, parts, mark, condition, cancellationToken).ConfigureAwait(false);
            if (outcome.Version is null)
                await AbandonAsync(key, upload).ConfigureAwait(false);
            return await bucket.ConfirmAsync("write", key, mark, outcome, inParts: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not StoreException { IsTransient: false, Kind: StoreErrorKind.Unavailable })
        {
            // What led here is the error to report; where it is unknown whether the object stands, its parts stay.
            await AbandonAsync(key, upload).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<List<string>> PutPartsAsync(
        string key,
        string upload,
        byte[] buffer,
        PartReader rest,
        CancellationToken cancellationToken
    )
    {
        var etags = new List<string>();
        for (ReadOnlyMemory<byte> part = buffer; ; part = await rest.NextAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            if (etags.Count == MaxParts)
                throw bucket.Errors.Wrong(
                    "write",
                    key,
                    $"it is longer than {MaxParts} parts of {buffer.Length >> 20} MiB, which is all that OSS takes"
                );
            etags.Add(await PutPartAsync(key, upload, etags.Count + 1, part, cancellationToken).ConfigureAwait(false));
            if (rest.IsAtEnd)
                return etags;
        }
    }

    private async ValueTask<string> PutPartAsync(
        string key,
        string upload,
        int number,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var request = OssRequests.To(
            HttpMethod.Put,
            key,
            ("partNumber", number.ToString(CultureInfo.InvariantCulture)),
            ("uploadId", upload)
        ) with
        {
            Body = RestRequest.Bytes(bytes),
            Headers = [("Content-MD5", Convert.ToBase64String(MD5.HashData(bytes.Span)))],
        };
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("write", key, failure, Permission);
        // OSS checks it when the parts are put together; a server that gives none is told what it is on OSS.
        return OssObject.ETag(answer.Response!) is { } etag && etag.Trim('"').Length > 0
            ? etag
            : $"\"{Convert.ToHexString(MD5.HashData(bytes.Span))}\"";
    }

    private async ValueTask<WriteOutcome> CompleteAsync(
        string key,
        string upload,
        List<string> etags,
        WriteMark mark,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var parts = new XElement(
            "CompleteMultipartUpload",
            etags.Select((etag, i) => new XElement("Part", new XElement("PartNumber", i + 1), new XElement("ETag", etag)))
        );
        var body = Encoding.UTF8.GetBytes(parts.ToString(SaveOptions.DisableFormatting));
        var request = OssRequests.To(HttpMethod.Post, key, ("uploadId", upload)) with
        {
            Body = RestRequest.Bytes(body, "application/xml"),
            // OSS has the metadata from the beginning of the upload; others take it from its end.
            Headers =
            [
                .. condition.Kind is WriteConditionKind.IfAbsent ? [("x-oss-forbid-overwrite", "true")] : Array.Empty<(string, string)>(),
                .. bucket.Options.Probe ? [(OssObject.MarkHeader, mark.Text)] : Array.Empty<(string, string)>(),
            ],
        };
        var answer = await bucket.Guarded.SendAsync(key, request, condition, mark, cancellationToken).ConfigureAwait(false);
        // An upload is completed once: that it is not there any more, after an answer was lost, may well say that it was.
        if (
            answer is { Failure.Code: "NoSuchUpload", Lost: not null }
            && (await bucket.FindAsync("write", key, cancellationToken).ConfigureAwait(false))?.Mark?.Id == mark.Id
        )
            return WriteOutcome.Written(new ObjectVersion(mark.Id));
        return await bucket.Guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask AbandonAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var answer = await bucket
                .SendAsync(OssRequests.To(HttpMethod.Delete, key, [("uploadId", upload)]), limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
