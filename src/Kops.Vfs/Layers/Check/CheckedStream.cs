using System.Security.Cryptography;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Check;

/// <summary>Content that must turn out to be what the store said it is.</summary>
internal sealed class CheckedStream(ObjectReader reader, string path) : ForwardStream
{
    private readonly IncrementalHash? _md5 = reader.Info.Md5 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private long _position;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await reader.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += count;
        _md5?.AppendData(buffer.Span[..count]);
        if (count == 0 && buffer.Length > 0)
            CheckEnd();
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Content.Dispose();
            _md5?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckEnd()
    {
        if (_position != reader.Info.Size)
            throw Corrupt($"{_position} bytes arrived of {reader.Info.Size}");
        if (_md5 is not null && !_md5.GetCurrentHash().AsSpan().SequenceEqual(reader.Info.Md5!.Value.Span))
            throw Corrupt("what arrived has another MD5 than the store gave for it");
    }

    private StoreException Corrupt(string detail) => new(StoreErrorKind.Corrupt, "read", path, $"{detail}; try again", isTransient: true);
}
