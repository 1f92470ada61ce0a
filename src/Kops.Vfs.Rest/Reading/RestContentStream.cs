using System.Net;
using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Reading;

/// <summary>
/// An object's content. When the connection breaks it is read on, from the same version, where it stood; what cannot be read on is an
/// error and never a short read. At the end the checksum must be right, where the service gives one.
/// </summary>
/// <param name="source">Where it comes from.</param>
/// <param name="response">The answer that brings the content.</param>
public sealed class RestContentStream(ContentSource source, HttpResponseMessage response) : ForwardStream
{
    private const int MaxBreaks = 5;
    private readonly ObjectInfo _info = source.Info;
    private HttpResponseMessage? _response = response;
    private Stream? _content;
    private long _position;
    private int _breaks;

    /// <inheritdoc/>
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
                Check(buffer.Span[..count]);
                return count;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
            {
                Release();
                if (++_breaks > MaxBreaks)
                    throw source.Errors.Wrap("read", _info.Key, RestFailure.From(e), source.Permission);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Dispose(true);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            source.Checksum?.Dispose();
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
        if (source.Checksum is not { } checksum)
            return;
        checksum.Append(bytes);
        if (_position < _info.Size || checksum.Matches())
            return;
        throw new StoreException(
            StoreErrorKind.Corrupt,
            "read",
            source.Errors.PathOf(_info.Key),
            $"what arrived does not match its checksum ({checksum.Name}); try again",
            isTransient: true
        );
    }

    private async ValueTask<HttpResponseMessage> ReopenAsync(CancellationToken cancellationToken)
    {
        var answer = await source.Send(source.Request(_position), cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { IsAbsence: true } or { Status: HttpStatusCode.RequestedRangeNotSatisfiable })
            throw Replaced();
        if (answer.Failure is { } failure)
            throw source.Errors.Wrap("read", _info.Key, failure, source.Permission);
        var again = answer.Response!;
        var rest = _info.Size - _position;
        if (
            again.StatusCode is HttpStatusCode.PartialContent == (_position > 0)
            && (again.Content.Headers.ContentLength ?? rest) == rest
            && (source.VersionOf is not { } version || version(again) == _info.Version)
        )
            return again;
        again.Dispose();
        throw Replaced();
    }

    private StoreException Replaced() =>
        new(
            StoreErrorKind.Replaced,
            "read",
            source.Errors.PathOf(_info.Key),
            "it was replaced while it was being read; read it again",
            isTransient: true
        );
}
