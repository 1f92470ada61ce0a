using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.S3.Objects;

namespace Kops.Vfs.S3.Writing;

/// <summary>Uploads in parts: a few at a time, so that memory is bounded. Nothing is seen of an upload before it is complete.</summary>
internal sealed class S3Multipart(S3Container bucket, S3WriteHeaders headers, ConditionalWrite conditional)
{
    internal const int MaxParts = 10_000;

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        byte[] first,
        PartReader rest,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        // The service looks at the condition when the upload is completed. A look before it saves sending what cannot be written.
        if (!await HoldsAsync(key, condition, cancellationToken).ConfigureAwait(false))
            return WriteOutcome.Conflict;
        var mark = WriteMark.New(condition);
        var upload = await BeginAsync(key, mark, cancellationToken).ConfigureAwait(false);
        var completed = false;
        try
        {
            var parts = await SendPartsAsync(key, upload, first, rest, cancellationToken).ConfigureAwait(false);
            if (!bucket.Options.ConditionalMultipart && !await HoldsAsync(key, condition, cancellationToken).ConfigureAwait(false))
                return WriteOutcome.Conflict;
            var outcome = await conditional.RunAsync(key, condition, mark, CompleteAsync, cancellationToken).ConfigureAwait(false);
            completed = outcome.Succeeded;
            return outcome;

            async Task<string> CompleteAsync(IAmazonS3 client, string? ifMatch, CancellationToken token)
            {
                var request = new CompleteMultipartUploadRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    UploadId = upload,
                    PartETags = parts,
                    IfMatch = ifMatch,
                    IfNoneMatch = condition.Kind is WriteConditionKind.IfAbsent ? "*" : null,
                };
                var answer = await client.CompleteMultipartUploadAsync(request, token).ConfigureAwait(false);
                return string.IsNullOrEmpty(answer.ETag) ? ETagOf(parts) : answer.ETag;
            }
        }
        finally
        {
            if (!completed)
                await AbortAsync(key, upload).ConfigureAwait(false);
        }
    }

    /// <summary>The ETag of a multipart upload, for services that leave it out: the MD5 of the parts' MD5s, and their number.</summary>
    private static string ETagOf(List<PartETag> parts)
    {
        byte[] digests = [.. parts.SelectMany(part => Convert.FromHexString(part.ETag.Trim('"')))];
        return $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}";
    }

    private async ValueTask<string> BeginAsync(string key, WriteMark mark, CancellationToken cancellationToken)
    {
        var request = new InitiateMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = key,
            CannedACL = headers.Acl,
            ServerSideEncryptionMethod = await headers.EncryptionAsync(key, cancellationToken).ConfigureAwait(false),
            ServerSideEncryptionKeyManagementServiceKeyId = headers.KmsKeyId,
        };
        request.Metadata[WriteMark.Name] = mark.Text;
        var answer = await bucket
            .RunAsync(
                "write",
                key,
                "s3:PutObject",
                (client, token) => client.InitiateMultipartUploadAsync(request, token),
                cancellationToken
            )
            .ConfigureAwait(false);
        return answer.UploadId;
    }

    private async ValueTask<List<PartETag>> SendPartsAsync(
        string key,
        string upload,
        byte[] first,
        PartReader rest,
        CancellationToken cancellationToken
    )
    {
        var parts = new ConcurrentBag<PartETag>();
        var buffers = new ConcurrentBag<byte[]>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = new List<Task>();
        try
        {
            var buffer = first;
            ReadOnlyMemory<byte> part = first;
            for (var number = 1; ; number++)
            {
                if (number > MaxParts)
                    throw Wrong(key, $"the content is longer than {(long)MaxParts * first.Length} bytes");
                sending.Add(SendPartAsync(key, upload, number, buffer, part.Length, parts, buffers, stop.Token));
                if (sending.Count >= bucket.Options.ParallelParts)
                {
                    var done = await Task.WhenAny(sending).ConfigureAwait(false);
                    sending.Remove(done);
                    await done.ConfigureAwait(false);
                }

                if (rest.IsAtEnd)
                    break;
                if (!buffers.TryTake(out buffer!))
                    buffer = new byte[first.Length];
                part = await rest.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
            }

            await Task.WhenAll(sending).ConfigureAwait(false);
            return [.. parts.OrderBy(part => part.PartNumber)];
        }
        catch
        {
            // No part may be under way when the upload is aborted: it would stay behind.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task SendPartAsync(
        string key,
        string upload,
        int number,
        byte[] buffer,
        int count,
        ConcurrentBag<PartETag> parts,
        ConcurrentBag<byte[]> buffers,
        CancellationToken cancellationToken
    )
    {
        var request = new UploadPartRequest
        {
            BucketName = bucket.Name,
            Key = key,
            UploadId = upload,
            PartNumber = number,
            PartSize = count,
            InputStream = new MemoryStream(buffer, 0, count, writable: false),
            UseChunkEncoding = false,
        };
        var answer = await bucket
            .RunAsync("write", key, "s3:PutObject", (client, token) => client.UploadPartAsync(request, token), cancellationToken)
            .ConfigureAwait(false);
        parts.Add(new PartETag(answer));
        buffers.Add(buffer);
    }

    private async ValueTask<bool> HoldsAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.Any)
            return true;
        try
        {
            return condition.HoldsOf((await bucket.FindAsync(key, cancellationToken).ConfigureAwait(false))?.Version);
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("write", key, "s3:GetObject", e);
        }
    }

    /// <summary>Parts of an upload cost money until it is aborted. What led here is the error to report, not that this fails too.</summary>
    private async ValueTask AbortAsync(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var request = new AbortMultipartUploadRequest
        {
            BucketName = bucket.Name,
            Key = key,
            UploadId = upload,
        };
        try
        {
            await bucket.SendAsync((client, token) => client.AbortMultipartUploadAsync(request, token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is Amazon.Runtime.AmazonClientException
                        or AmazonS3Exception
                        or IOException
                        or HttpRequestException
                        or OperationCanceledException
            ) { }
    }

    private StoreException Wrong(string key, string problem) => new(StoreErrorKind.InvalidArgument, "write", bucket.PathOf(key), problem);
}
