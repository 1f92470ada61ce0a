namespace Kops.Vfs.Rest.Writing;

/// <summary>A body that is read from its start to its end, and opened again where a try has to be repeated.</summary>
public sealed class RewindableSource(ObjectBody body) : IAsyncDisposable
{
    private Stream? _stream;
    private bool _isFresh;
    private long _position;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The content from some byte on. Where the last try read on from there, it begins anew.</summary>
    public async ValueTask<Stream> OpenAsync(long start, CancellationToken cancellationToken)
    {
        if (_stream is not null && _isFresh && _position == start)
        {
            _isFresh = false;
            return _stream;
        }

        if (_stream is not null)
            await _stream.DisposeAsync().ConfigureAwait(false);
        _stream = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[64 * 1024];
        for (var left = start; left > 0; )
        {
            var count = await _stream
                .ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken)
                .ConfigureAwait(false);
            if (count == 0)
                throw new InvalidDataException("the content has become shorter since it was first read");
            left -= count;
        }

        (_position, _isFresh) = (start, false);
        return _stream;
    }

    /// <summary>Says that so many bytes have been taken, and will not be asked for again.</summary>
    public void Advance(long count)
    {
        _position += count;
        _isFresh = true;
    }

    /// <summary>Whether there is more after so many bytes.</summary>
    public async ValueTask<bool> HasMoreAsync(long length, CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(length, cancellationToken).ConfigureAwait(false);
        return await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0;
    }
}
