using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>The checksum that Cloud Storage has of every object.</summary>
internal sealed class Crc32CChecksum : Checksum
{
    private readonly string _promised;
    private Crc32C _crc = new();

    private Crc32CChecksum(string promised) => _promised = promised;

    public override string Name => "CRC32C";

    /// <summary>The checksum for a promise in base 64; null where none was made.</summary>
    internal static Crc32CChecksum? Of(string? promised) => promised is null ? null : new Crc32CChecksum(promised);

    public override void Append(ReadOnlySpan<byte> bytes) => _crc.Append(bytes);

    public override bool Matches() => _crc.Text == _promised;
}
