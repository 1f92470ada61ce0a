using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.S3.Objects;

namespace Kops.Vfs.S3.Writing;

/// <summary>Writes objects: with one request what is no longer than a part, the rest as multipart uploads.</summary>
internal sealed class S3Writer : IDisposable
{
    internal const int MaxKeyBytes = 1024;
    private const long MaxCopyBytes = 5L << 30;
    private readonly S3Container _bucket;
    private readonly S3WriteHeaders _headers;
    private readonly ConditionalWrite _conditional;
    private readonly S3Multipart _multipart;

    /// <summary>Buckets from which the server would not copy: nobody needs to ask again.</summary>
    private readonly ConcurrentDictionary<string, bool> _cannotCopyFrom = new(StringComparer.Ordinal);

    internal S3Writer(S3Container bucket)
    {
        _bucket = bucket;
        _headers = new S3WriteHeaders(bucket);
        _conditional = new ConditionalWrite(bucket);
        _multipart = new S3Multipart(bucket, _headers, _conditional);
    }

    public void Dispose() => _headers.Dispose();

    internal async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "write",
                _bucket.PathOf(key),
                $"the key is longer than {MaxKeyBytes} bytes"
            );
        var partSize = _bucket.Options.PartSize;
        if (body.Bytes is { } bytes && bytes.Length <= partSize)
            return await PutBytesAsync(key, bytes, condition, cancellationToken).ConfigureAwait(false);

        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var parts = new PartReader(content, partSize, body.Length, _bucket.PathOf(key));
            var buffer = parts.NewBuffer();
            var first = await parts.NextAsync(buffer, cancellationToken).ConfigureAwait(false);
            return parts.IsAtEnd
                ? await PutBytesAsync(key, first, condition, cancellationToken).ConfigureAwait(false)
                : await _multipart.PutAsync(key, buffer, parts, condition, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the bucket encrypts what does not ask for it, or this driver was told not to ask.</summary>
    internal async ValueTask<bool> EncryptsByItselfAsync(CancellationToken cancellationToken) =>
        await _headers.EncryptionAsync(string.Empty, cancellationToken).ConfigureAwait(false) == ServerSideEncryptionMethod.None;

    /// <returns>Null when the object cannot be copied by the server.</returns>
    internal async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        Func<string, CancellationToken, ValueTask<ObjectInfo?>> stat,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is not WriteConditionKind.Any && !_bucket.Options.ConditionalCopy)
            return null;
        if (await stat(source, cancellationToken).ConfigureAwait(false) is not { Size: <= MaxCopyBytes, Version: { } version })
            return null;
        var encryption = await _headers.EncryptionAsync(target, cancellationToken).ConfigureAwait(false);
        var mark = WriteMark.New(condition);
        return await _conditional.RunAsync(target, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);

        async Task<string> SendAsync(IAmazonS3 client, string? ifMatch, CancellationToken token)
        {
            var request = new CopyObjectRequest
            {
                SourceBucket = _bucket.Name,
                SourceKey = source,
                ETagToMatch = S3ETag.ToHeader(version, quoted: true),
                DestinationBucket = _bucket.Name,
                DestinationKey = target,
                IfMatch = ifMatch,
                IfNoneMatch = condition.Kind is WriteConditionKind.IfAbsent ? "*" : null,
                CannedACL = _headers.Acl,
                ServerSideEncryptionMethod = encryption,
                ServerSideEncryptionKeyManagementServiceKeyId = _headers.KmsKeyId,
                MetadataDirective = S3MetadataDirective.REPLACE,
            };
            request.Metadata[WriteMark.Name] = mark.Text;
            return (await client.CopyObjectAsync(request, token).ConfigureAwait(false)).ETag;
        }
    }

    /// <summary>
    /// Copies from a bucket of the same service with one request. No version is asked for: what stands there is what shall be copied.
    /// </summary>
    /// <returns>Null when the server cannot, or may not, copy the object.</returns>
    internal async ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (source.Size > MaxCopyBytes || _cannotCopyFrom.ContainsKey(from.Container))
            return null;
        if (condition.Kind is not WriteConditionKind.Any && !_bucket.Options.ConditionalCopy)
            return null;
        var encryption = await _headers.EncryptionAsync(target, cancellationToken).ConfigureAwait(false);
        var mark = WriteMark.New(condition);
        try
        {
            return await _conditional.RunAsync(target, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
            when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchKey" })
        {
            return null;
        }
        catch (StoreException e)
            when (e.InnerException
                    is AmazonS3Exception
                    {
                        StatusCode: HttpStatusCode.Forbidden
                            or HttpStatusCode.BadRequest
                            or HttpStatusCode.NotImplemented
                            or HttpStatusCode.MethodNotAllowed,
                    }
            )
        {
            // Who may read the one and write the other need not be allowed both at once; another region, or another key, is no obstacle to
            // a stream.
            _cannotCopyFrom.TryAdd(from.Container, true);
            return null;
        }

        async Task<string> SendAsync(IAmazonS3 client, string? ifMatch, CancellationToken token)
        {
            var request = new CopyObjectRequest
            {
                SourceBucket = from.Container,
                SourceKey = from.Prefix + source.Key,
                DestinationBucket = _bucket.Name,
                DestinationKey = target,
                IfMatch = ifMatch,
                IfNoneMatch = condition.Kind is WriteConditionKind.IfAbsent ? "*" : null,
                CannedACL = _headers.Acl,
                ServerSideEncryptionMethod = encryption,
                ServerSideEncryptionKeyManagementServiceKeyId = _headers.KmsKeyId,
                MetadataDirective = S3MetadataDirective.REPLACE,
            };
            request.Metadata[WriteMark.Name] = mark.Text;
            return (await client.CopyObjectAsync(request, token).ConfigureAwait(false)).ETag;
        }
    }

    private async ValueTask<WriteOutcome> PutBytesAsync(
        string key,
        ReadOnlyMemory<byte> bytes,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var encryption = await _headers.EncryptionAsync(key, cancellationToken).ConfigureAwait(false);
        var mark = condition is { Kind: WriteConditionKind.Any, Mark: null } ? null : WriteMark.New(condition);
        return await _conditional.RunAsync(key, condition, mark, SendAsync, cancellationToken).ConfigureAwait(false);

        async Task<string> SendAsync(IAmazonS3 client, string? ifMatch, CancellationToken token)
        {
            var request = new PutObjectRequest
            {
                BucketName = _bucket.Name,
                Key = key,
                InputStream = await ObjectBody.FromBytes(bytes).OpenAsync(token).ConfigureAwait(false),
                UseChunkEncoding = false,
                IfMatch = ifMatch,
                IfNoneMatch = condition.Kind is WriteConditionKind.IfAbsent ? "*" : null,
                CannedACL = _headers.Acl,
                ServerSideEncryptionMethod = encryption,
                ServerSideEncryptionKeyManagementServiceKeyId = _headers.KmsKeyId,
            };
            if (mark is not null)
                request.Metadata[WriteMark.Name] = mark.Text;
            return (await client.PutObjectAsync(request, token).ConfigureAwait(false)).ETag;
        }
    }
}
