using System.Security.Cryptography;
using Kops.Vfs;

namespace Kops.StateStore.Bundles;

/// <summary>One file out of a bundle, in memory or, when it is large, in a temporary file that goes with it.</summary>
internal sealed class BundleFile : IAsyncDisposable
{
    private readonly string? _spool;

    private BundleFile(string name, long length, byte[] bytes, byte[] sha256, string? spool) =>
        (Name, Length, Bytes, Sha256, _spool) = (name, length, bytes, sha256, spool);

    public string Name { get; }

    public long Length { get; }

    /// <summary>The content of a small file; empty for a large one.</summary>
    public byte[] Bytes { get; }

    public byte[] Sha256 { get; }

    /// <summary>Whether its content is in memory.</summary>
    public bool IsInMemory => _spool is null;

    public static async Task<BundleFile> ReadAsync(
        string name,
        Stream content,
        long length,
        int smallBytes,
        CancellationToken cancellationToken
    )
    {
        if (length <= smallBytes)
        {
            var bytes = new byte[length];
            await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return new BundleFile(name, length, bytes, SHA256.HashData(bytes), null);
        }

        var spool = Path.GetTempFileName();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = File.Create(spool);
        await using (file.ConfigureAwait(false))
            await new HashingStream(content, hash).CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        return new BundleFile(name, length, [], hash.GetHashAndReset(), spool);
    }

    /// <summary>The content in memory, of a file that is known to be small enough.</summary>
    public Task<byte[]> ReadAsync(CancellationToken cancellationToken) =>
        _spool is null ? Task.FromResult(Bytes) : File.ReadAllBytesAsync(_spool, cancellationToken);

    public ObjectBody Body() =>
        _spool is null
            ? ObjectBody.FromBytes(Bytes)
            : ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(File.OpenRead(_spool)), Length);

    public ValueTask DisposeAsync()
    {
        if (_spool is not null)
            File.Delete(_spool);
        return ValueTask.CompletedTask;
    }
}
