using System.Net;
using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>A request's body that tells a timer of its progress.</summary>
internal sealed class WatchedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly IdleTimer _idle;

    internal WatchedContent(HttpContent inner, IdleTimer idle)
    {
        (_inner, _idle) = (inner, idle);
        foreach (var header in inner.Headers)
            Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Not read as a stream: contents that can only be written out would be held in memory for that.
        var watched = new WatchedTarget(stream, _idle);
        await using (watched.ConfigureAwait(false))
            await _inner.CopyToAsync(watched, context, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
