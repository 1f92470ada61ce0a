using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Kops.Model.NewCluster;

/// <summary>An IPv4 address range, with the arithmetic of dividing it.</summary>
internal readonly record struct AddressRange
{
    private readonly uint _first;

    private AddressRange(uint first, int length) => (_first, Length) = (first, length);

    /// <summary>How many bits all addresses share.</summary>
    public int Length { get; }

    private uint Last => Length == 0 ? uint.MaxValue : _first | (uint.MaxValue >> Length);

    /// <summary>Reads <c>10.0.0.0/16</c>; bits beyond the length are dropped. False for anything but an IPv4 range.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressRange range)
    {
        range = default;
        var parts = text?.Split('/') ?? [];
        if (
            parts.Length != 2
            || !IPAddress.TryParse(parts[0], out var address)
            || address.GetAddressBytes() is not { Length: 4 } bytes
            || !int.TryParse(parts[1], out var length)
            || length is < 0 or > 32
        )
            return false;
        var mask = length == 0 ? 0 : uint.MaxValue << (32 - length);
        range = new(BinaryPrimitives.ReadUInt32BigEndian(bytes) & mask, length);
        return true;
    }

    /// <summary>The range in 2^bits equal parts.</summary>
    public IEnumerable<AddressRange> Divide(int bits)
    {
        for (var i = 0u; i < 1u << bits; i++)
            yield return new(_first + (i << (32 - Length - bits)), Length + bits);
    }

    /// <summary>The range of the same size that follows; null at the end of all addresses.</summary>
    public AddressRange? Next() => Last == uint.MaxValue ? null : new(Last + 1, Length);

    /// <summary>The first part of that length.</summary>
    public AddressRange First(int length) => new(_first, length);

    /// <summary>Whether both have an address in common.</summary>
    public bool Overlaps(AddressRange other) => _first <= other.Last && other._first <= Last;

    /// <summary>Whether the other lies within this one.</summary>
    public bool Contains(AddressRange other) => _first <= other._first && other.Last <= Last;

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _first);
        return $"{new IPAddress(bytes)}/{Length}";
    }
}
