using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kops.StateStore.Bundles.Age;

/// <summary>
/// The payload's cipher: ChaCha20-Poly1305 over chunks of 64 KiB, their number and whether one is the last in the nonce (STREAM).
/// </summary>
internal sealed class AgePayload : IDisposable
{
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int NonceBytes = 16;
    private readonly ChaCha20Poly1305 _cipher;
    private ulong _number;

    public AgePayload(byte[] fileKey, byte[] nonce) =>
        _cipher = new ChaCha20Poly1305(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, nonce, "payload"u8.ToArray()));

    public byte[] Seal(ReadOnlySpan<byte> chunk, bool isLast)
    {
        var sealedChunk = new byte[chunk.Length + TagBytes];
        _cipher.Encrypt(Nonce(isLast), chunk, sealedChunk.AsSpan(0, chunk.Length), sealedChunk.AsSpan(chunk.Length));
        return sealedChunk;
    }

    /// <exception cref="AgeException">It was altered or cut.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedChunk, bool isLast)
    {
        if (sealedChunk.Length < TagBytes)
            throw Damaged();
        var chunk = new byte[sealedChunk.Length - TagBytes];
        try
        {
            _cipher.Decrypt(Nonce(isLast), sealedChunk[..chunk.Length], sealedChunk[chunk.Length..], chunk);
            return chunk;
        }
        catch (AuthenticationTagMismatchException altered)
        {
            throw Damaged(altered);
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static AgeException Damaged(Exception? cause = null) => new("it was altered, or its end is missing", cause);

    private byte[] Nonce(bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(3), _number++);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}
