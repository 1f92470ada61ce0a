using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Oss.Writing;

/// <summary>Writes a large object in parts, of which two are in memory. Until the last request readers see the old object.</summary>
internal sealed class OssMultipart(OssBucket bucket, GuardedWrite guarded)
{
    /// <summary>What OSS takes for one object.</summary>
    internal const int MaxParts = 10_000;

    private const string Permission = "oss:PutObject";

    /// <param name="key">The object.</param>
    /// <param name="buffer">A part and a byte more, already read.</param>
    /// <param name="rest">What follows.</param>
    /// <param name="promised">How long the content is said to be; null where nobody knows.</param>
    /// <param name="condition">The condition, which has been looked at.</param>
    /// <param name="cancellationToken">Stops it; the parts are removed.</param>
    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        byte[] buffer,
        Stream rest,
        long? promised,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var mark = WriteMark.New(condition);
        var begin = new OssRequest(HttpMethod.Post, key)
        {
            Query = [("uploads", null)],
            Body = Empty,
            Headers = OssWriter.Headers(bucket.Options, mark, condition),
        };
        var upload = OssListing.Text(
            await bucket.AskAsync("write", key, Permission, begin, cancellationToken).ConfigureAwait(false),
            "UploadId"
        );
        try
        {
            var parts = await PutPartsAsync(key, upload, buffer, rest, promised, cancellationToken).ConfigureAwait(false);
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

    private static ValueTask<HttpContent> Empty(CancellationToken cancellationToken) =>
        ValueTask.FromResult<HttpContent>(new ByteArrayContent([]));

    private async ValueTask<List<string>> PutPartsAsync(
        string key,
        string upload,
        byte[] buffer,
        Stream rest,
        long? promised,
        CancellationToken cancellationToken
    )
    {
        var size = bucket.Options.PartSize;
        var etags = new List<string>();
        long total = 0;
        // The buffer always holds the part and the first byte of the next one.
        for (var count = buffer.Length; ; )
        {
            var length = Math.Min(count, size);
            total += length;
            if (etags.Count == MaxParts)
                throw bucket.Errors.Wrong(
                    "write",
                    key,
                    $"it is longer than {MaxParts} parts of {size >> 20} MiB, which is all that OSS takes"
                );
            etags.Add(
                await PutPartAsync(key, upload, etags.Count + 1, buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false)
            );
            if (count <= size)
                break;
            buffer[0] = buffer[size];
            count = 1 + await rest.ReadAtLeastAsync(buffer.AsMemory(1), size, false, cancellationToken).ConfigureAwait(false);
        }

        return promised is { } wanted && wanted != total ? throw OssWriter.LengthDiffers(bucket, key, wanted, total) : etags;
    }

    private async ValueTask<string> PutPartAsync(
        string key,
        string upload,
        int number,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var request = new OssRequest(HttpMethod.Put, key)
        {
            Query = [("partNumber", number.ToString(CultureInfo.InvariantCulture)), ("uploadId", upload)],
            Body = _ => ValueTask.FromResult<HttpContent>(new ReadOnlyMemoryContent(bytes)),
            Headers = [("Content-MD5", Convert.ToBase64String(MD5.HashData(bytes.Span)))],
        };
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("write", key, Permission, failure);
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
        var request = new OssRequest(HttpMethod.Post, key)
        {
            Query = [("uploadId", upload)],
            Body = _ =>
                ValueTask.FromResult<HttpContent>(new ByteArrayContent(body) { Headers = { ContentType = new("application/xml") } }),
            // OSS has the metadata from the beginning of the upload; others take it from its end.
            Headers =
            [
                .. condition.Kind is WriteConditionKind.IfAbsent ? [("x-oss-forbid-overwrite", "true")] : Array.Empty<(string, string)>(),
                .. bucket.Options.Probe ? [(OssObject.MarkHeader, mark.Text)] : Array.Empty<(string, string)>(),
            ],
        };
        var answer = await guarded
            .SendAsync(key, token => bucket.Connection.TryAsync(request, token), condition, mark, cancellationToken)
            .ConfigureAwait(false);
        // An upload is completed once: that it is not there any more, after an answer was lost, may well say that it was.
        if (
            answer is { Failure.Code: "NoSuchUpload", Lost: not null }
            && (await bucket.FindAsync("write", key, cancellationToken).ConfigureAwait(false))?.Mark?.Id == mark.Id
        )
            return WriteOutcome.Written(new ObjectVersion(mark.Id));
        return await guarded.SettleAsync("write", key, condition, mark, answer, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask AbandonAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var answer = await bucket
                .SendAsync(new OssRequest(HttpMethod.Delete, key) { Query = [("uploadId", upload)] }, limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) { }
    }
}
