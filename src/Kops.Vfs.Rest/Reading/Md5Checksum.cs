using System.Security.Cryptography;

namespace Kops.Vfs.Rest.Reading;

/// <summary>The MD5 that a service gives for what it keeps. It tells of damage on the way, not of an attacker.</summary>
public sealed class Md5Checksum : Checksum
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly ReadOnlyMemory<byte> _promised;

    private Md5Checksum(ReadOnlyMemory<byte> promised) => _promised = promised;

    /// <inheritdoc/>
    public override string Name => "MD5";

    /// <summary>The checksum for a promise; null where none was made.</summary>
    public static Md5Checksum? Of(ReadOnlyMemory<byte>? promised) => promised is { } md5 ? new Md5Checksum(md5) : null;

    /// <summary>An MD5 in hexadecimal; null for what is none, such as the ETag of an upload in parts.</summary>
    public static ReadOnlyMemory<byte>? Parse(string? text) =>
        text is { Length: 32 } && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes) => _md5.AppendData(bytes);

    /// <inheritdoc/>
    public override bool Matches() => _md5.GetHashAndReset().AsSpan().SequenceEqual(_promised.Span);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _md5.Dispose();
        base.Dispose(disposing);
    }
}
