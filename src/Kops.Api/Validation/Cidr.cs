using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kops.Api.Validation;

/// <summary>Address ranges, read as strictly as Go reads them: no short forms, no octal.</summary>
internal static class Cidr
{
    /// <summary>The range, whatever bits stand behind its prefix; null when the text is none.</summary>
    public static IPNetwork? Find(string? text) => Read(text) is var (address, length) ? Network(address, length) : null;

    /// <summary>Puts a problem down when the value is set and no range; gives the range.</summary>
    public static IPNetwork? Check(Field field)
    {
        if (field.Text is not { } text)
            return null;
        if (Read(text) is not var (address, length))
        {
            var bare = Address(text);
            field.Fail(
                $"'{text}' is not an address range such as 10.0.0.0/8"
                    + (
                        bare is null
                            ? string.Empty
                            : $"; did you mean '{text}/{(bare.AddressFamily == AddressFamily.InterNetwork ? 32 : 64)}'?"
                    )
            );
            return null;
        }

        var network = Network(address, length);
        field.FailIf(!network.BaseAddress.Equals(address), $"'{text}' has bits set behind its prefix; did you mean '{network}'?");
        return network;
    }

    /// <summary>An address; null when the text is none.</summary>
    public static IPAddress? Address(string text)
    {
        if (
            !IPAddress.TryParse(text, out var address)
            || text.Contains('%', StringComparison.Ordinal)
            || text.Contains('[', StringComparison.Ordinal)
        )
            return null;
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text ? null : address;
    }

    public static bool Overlap(IPNetwork? left, IPNetwork? right) =>
        left is { } a && right is { } b && (a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress));

    /// <summary>Whether the inner range lies in the outer one.</summary>
    public static bool IsWithin(IPNetwork inner, IPNetwork outer) =>
        inner.PrefixLength >= outer.PrefixLength && outer.Contains(inner.BaseAddress);

    private static (IPAddress Address, int Length)? Read(string? text)
    {
        if (text?.Split('/') is not [var first, var second] || Address(first) is not { } address)
            return null;
        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= most
            ? (address, length)
            : null;
    }

    private static IPNetwork Network(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }
}
