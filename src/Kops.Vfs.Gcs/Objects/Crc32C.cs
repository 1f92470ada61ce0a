using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Objects;

/// <summary>
/// The checksum that Cloud Storage keeps of every object (RFC 4960, appendix B), made with the processor's own instruction.
/// </summary>
internal struct Crc32C
{
    private uint _register;

    public Crc32C() => _register = uint.MaxValue;

    /// <summary>The checksum as the service writes it: four bytes, the highest first, in base 64.</summary>
    internal readonly string Text
    {
        get
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, ~_register);
            return Convert.ToBase64String(bytes);
        }
    }

    internal static string Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32C();
        crc.Append(bytes);
        return crc.Text;
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        var register = _register;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            register = BitOperations.Crc32C(register, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        foreach (var b in bytes[(words.Length * sizeof(ulong))..])
            register = BitOperations.Crc32C(register, b);
        _register = register;
    }
}
