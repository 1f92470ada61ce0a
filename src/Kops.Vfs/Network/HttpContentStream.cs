using System.Net;
using System.Security.Cryptography;

namespace Kops.Vfs.Network;

/// <summary>
/// An object's content. When the connection breaks it is read on, from the same version, where it stood; what cannot be read on is an
/// error and never a short read. At the end the MD5 must be right, where the store gives one.
/// </summary>
/// <param name="info">The object.</param>
/// <param name="path">The object as users write it, for messages.</param>
/// <param name="response">The answer that brings the content.</param>
/// <param name="reopen">Asks for the same version from some byte on; null where it is not to be had any more.</param>
/// <param name="explain">Makes the error for a connection that broke too often.</param>
public sealed class HttpContentStream(
    ObjectInfo info,
    string path,
    HttpResponseMessage response,
    Func<long, CancellationToken, ValueTask<HttpResponseMessage?>> reopen,
    Func<Exception, StoreException> explain
) : ForwardStream
{
    private const int MaxBreaks = 5;
    private readonly IncrementalHash? _md5 = info.Md5 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private HttpResponseMessage? _response = response;
    private Stream? _content;
    private long _position;
    private int _breaks;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position == info.Size)
            return 0;
        while (true)
        {
            try
            {
                _response ??= await ReopenAsync(cancellationToken).ConfigureAwait(false);
                _content ??= await _response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                var count = await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                    throw new EndOfStreamException($"{_position} bytes arrived of {info.Size}");
                if (_position + count > info.Size)
                    throw new IOException($"more than {info.Size} bytes arrived");
                _position += count;
                _breaks = 0;
                if (_md5 is not null)
                    Check(buffer.Span[..count]);
                return count;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                Release();
                if (++_breaks > MaxBreaks)
                    throw explain(e);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Release();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            _md5?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Release()
    {
        _response?.Dispose();
        (_response, _content) = (null, null);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        _md5!.AppendData(bytes);
        if (_position < info.Size || _md5.GetHashAndReset().AsSpan().SequenceEqual(info.Md5!.Value.Span))
            return;
        throw new StoreException(
            StoreErrorKind.Corrupt,
            "read",
            path,
            "what arrived has another MD5 than the store gave for it; try again",
            isTransient: true
        );
    }

    private async ValueTask<HttpResponseMessage> ReopenAsync(CancellationToken cancellationToken)
    {
        if (await reopen(_position, cancellationToken).ConfigureAwait(false) is not { } again)
            throw Replaced();
        var rest = info.Size - _position;
        if (again.StatusCode is HttpStatusCode.PartialContent == (_position > 0) && (again.Content.Headers.ContentLength ?? rest) == rest)
            return again;
        again.Dispose();
        throw Replaced();
    }

    private StoreException Replaced() =>
        new(StoreErrorKind.Replaced, "read", path, "it was replaced while it was being read; read it again", isTransient: true);
}
