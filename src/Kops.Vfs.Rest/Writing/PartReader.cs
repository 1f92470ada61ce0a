namespace Kops.Vfs.Rest.Writing;

/// <summary>
/// Reads a content in parts of one size, and knows of each whether it is the last: it reads one byte ahead. That the content has the length
/// that was promised is checked here, for all drivers.
/// </summary>
/// <param name="content">The content; not closed with this.</param>
/// <param name="size">Bytes of a part.</param>
/// <param name="promised">The length that was promised; null where nobody knows.</param>
/// <param name="path">The object, for messages.</param>
public sealed class PartReader(Stream content, int size, long? promised, string path)
{
    private readonly byte[] _ahead = new byte[1];
    private bool _hasAhead;

    /// <summary>Bytes of the parts so far.</summary>
    public long Total { get; private set; }

    /// <summary>Whether the last part was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>A buffer for a part; smaller where all of the content is.</summary>
    public byte[] NewBuffer() => new byte[(int)Math.Min(size, promised ?? size)];

    /// <summary>Reads the next part into a buffer that <see cref="NewBuffer"/> made; empty at the end.</summary>
    /// <exception cref="StoreException">The content is longer or shorter than was promised.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var count = 0;
        if (_hasAhead)
            buffer[count++] = _ahead[0];
        count += await content
            .ReadAtLeastAsync(buffer.AsMemory(count), buffer.Length - count, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        _hasAhead = count == buffer.Length && await content.ReadAsync(_ahead, cancellationToken).ConfigureAwait(false) > 0;
        Total += count;
        IsAtEnd = !_hasAhead;
        var known = Total + (_hasAhead ? 1 : 0);
        if (promised is { } length && (known > length || (IsAtEnd && known < length)))
            throw LengthDiffers.Of(path, length, known);
        return buffer.AsMemory(0, count);
    }
}
