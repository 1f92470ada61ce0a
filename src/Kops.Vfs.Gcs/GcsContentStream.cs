using System.Net;
using System.Net.Http;
using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs;

/// <summary>
/// An object's content. When the connection breaks it is read on, from the same generation, where it stood; what cannot be read on is an
/// error and never a short read. At the end the checksum must be right.
/// </summary>
internal sealed class GcsContentStream(GcsBucket bucket, GcsContentHeaders headers, HttpResponseMessage response) : ForwardStream
{
    private const int MaxBreaks = 5;
    private readonly ObjectInfo _info = headers.Info;
    private Crc32C _crc = new();
    private HttpResponseMessage? _response = response;
    private Stream? _content;
    private long _position;
    private int _breaks;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position == _info.Size)
            return 0;
        while (true)
        {
            try
            {
                _response ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                _content ??= await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                var count = await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                    throw new EndOfStreamException($"{_position} bytes arrived of {_info.Size}");
                if (_position + count > _info.Size)
                    throw new IOException($"more than {_info.Size} bytes arrived");
                _position += count;
                _breaks = 0;
                if (headers.Crc32C is not null)
                    Check(buffer.Span[..count]);
                return count;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                Release();
                if (++_breaks > MaxBreaks)
                    throw bucket.Errors.Wrap("read", _info.Key, "storage.objects.get", GcsFailure.From(e));
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Release();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        _response?.Dispose();
        (_response, _content) = (null, null);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        _crc.Append(bytes);
        if (_position < _info.Size || _crc.Text == headers.Crc32C)
            return;
        throw new StoreException(
            StoreErrorKind.Corrupt,
            "read",
            bucket.Errors.PathOf(_info.Key),
            "what arrived does not match its checksum; try again",
            isTransient: true
        );
    }

    private async ValueTask<HttpResponseMessage> ReopenAsync(CancellationToken cancellationToken)
    {
        var request = GcsReader.Request(bucket.Uris, _info.Key, _info.Version!.Value.Value, _position);
        var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true })
            throw Replaced();
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap("read", _info.Key, "storage.objects.get", failure);
        var again = answer.Response!;
        if (
            (again.StatusCode is HttpStatusCode.PartialContent) == (_position > 0)
            && again.Content.Headers.ContentLength == _info.Size - _position
        )
            return again;
        again.Dispose();
        throw Replaced();
    }

    private StoreException Replaced() =>
        new(
            StoreErrorKind.Replaced,
            "read",
            bucket.Errors.PathOf(_info.Key),
            "it was replaced while it was being read; read it again",
            isTransient: true
        );
}
