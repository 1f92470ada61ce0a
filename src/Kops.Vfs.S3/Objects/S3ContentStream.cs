using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Transport;

namespace Kops.Vfs.S3.Objects;

/// <summary>
/// An object's content. When the connection breaks it is read on, from the same version, where it stood; what cannot be read on is an
/// error and never a short read.
/// </summary>
internal sealed class S3ContentStream(S3Container bucket, string key, GetObjectResponse response) : ForwardStream
{
    private const int MaxBreaks = 5;
    private readonly long _length = response.ContentLength;
    private readonly string _etag = response.ETag;
    private readonly string? _versionId = response.VersionId;
    private GetObjectResponse? _response = response;
    private long _position;
    private int _breaks;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (true)
        {
            try
            {
                _response ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                var count = await _response.ResponseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0 && _position < _length)
                    throw new EndOfStreamException($"{_position} bytes arrived of {_length}");
                if (_position + count > _length)
                    throw new InvalidDataException($"more than {_length} bytes arrived");
                _position += count;
                if (count > 0)
                    _breaks = 0;
                return count;
            }
            catch (Exception e) when (e is not StoreException && !S3Container.IsCancelled(e, cancellationToken))
            {
                _response?.Dispose();
                _response = null;
                if (++_breaks > MaxBreaks || !S3Failure.IsTransient(e))
                    throw bucket.Wrap("read", key, "s3:GetObject", e);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Dispose(true);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _response?.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<GetObjectResponse> ReopenAsync(CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            VersionId = _versionId is "null" ? null : _versionId,
            EtagToMatch = _etag,
            ByteRange = new ByteRange(_position, _length - 1),
        };
        try
        {
            var again = await bucket
                .SendAsync((client, token) => client.GetObjectAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            if (again.ETag == _etag && again.ContentLength == _length - _position)
                return again;
            again.Dispose();
            throw Replaced(null);
        }
        catch (AmazonS3Exception e)
            when (e.StatusCode
                    is HttpStatusCode.PreconditionFailed
                        or HttpStatusCode.NotFound
                        or HttpStatusCode.RequestedRangeNotSatisfiable
            )
        {
            throw Replaced(e);
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("read", key, "s3:GetObject", e);
        }
    }

    private StoreException Replaced(Exception? cause) =>
        new(
            StoreErrorKind.Replaced,
            "read",
            bucket.PathOf(key),
            "the connection broke, and the object was replaced while it was being read; read it again",
            isTransient: true,
            cause
        );
}
