using Polly;

namespace Kops.Vfs.Layers.Retry;

/// <summary>
/// The content of an object; when the connection breaks, it is opened again in the same version and read on from where it stood.
/// </summary>
internal sealed class ResumingStream(
    ObjectReader reader,
    Func<CancellationToken, ValueTask<ObjectReader>> reopen,
    ResiliencePipeline pipeline
) : ForwardStream
{
    private ObjectReader? _reader = reader;
    private long _position;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await pipeline
            .ExecuteAsync(
                static (state, token) => state.Stream.TryReadAsync(state.Buffer, token),
                (Stream: this, Buffer: buffer),
                cancellationToken
            )
            .ConfigureAwait(false);
        _position += count;
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_reader is { } open)
            await open.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _reader?.Content.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            if (_reader is null)
            {
                _reader = await reopen(cancellationToken).ConfigureAwait(false);
                await SkipAsync(_reader.Content, buffer, cancellationToken).ConfigureAwait(false);
            }

            return await _reader.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.IsTransient)
        {
            if (_reader is { } broken)
                await broken.DisposeAsync().ConfigureAwait(false);
            _reader = null;
            throw;
        }
    }

    private async ValueTask SkipAsync(Stream content, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        for (var left = _position; left > 0; )
        {
            var part = buffer[..(int)Math.Min(left, buffer.Length)];
            await content.ReadExactlyAsync(part, cancellationToken).ConfigureAwait(false);
            left -= part.Length;
        }
    }
}
