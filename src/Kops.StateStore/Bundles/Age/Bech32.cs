using System.Security.Cryptography;
using System.Text;

namespace Kops.StateStore.Bundles.Age;

/// <summary>Bech32 (BIP 173), the form of age's keys.</summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    /// <summary>The bytes of a text with that prefix; null when it is none.</summary>
    public static byte[]? Decode(string prefix, string text)
    {
        if (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper))
            return null;
        text = text.ToLowerInvariant();
        if (!text.StartsWith(prefix + "1", StringComparison.Ordinal) || text.Length < prefix.Length + 1 + ChecksumLength)
            return null;
        var values = text[(prefix.Length + 1)..].Select(c => Alphabet.IndexOf(c, StringComparison.Ordinal)).ToArray();
        return values.Contains(-1) || Checksum([.. Expand(prefix), .. values]) != 1 ? null : Bytes(values[..^ChecksumLength]);
    }

    /// <summary>The text of some bytes, in lower case. Nothing but the text is left of them in memory.</summary>
    public static byte[] Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        Span<byte> values = stackalloc byte[((bytes.Length * 8) + 4) / 5 + ChecksumLength];
        var (buffer, bits, count) = (0, 0, 0);
        foreach (var value in bytes)
        {
            buffer = ((buffer << 8) | value) & 0xfff;
            for (bits += 8; bits >= 5; values[count++] = (byte)((buffer >> bits) & 31))
                bits -= 5;
        }

        if (bits > 0)
            values[count] = (byte)((buffer << (5 - bits)) & 31);
        var checksum = 1u;
        foreach (var value in Expand(prefix))
            checksum = Add(checksum, value);
        foreach (var value in values)
            checksum = Add(checksum, value);
        checksum ^= 1;
        for (var i = 0; i < ChecksumLength; i++)
            values[^(ChecksumLength - i)] = (byte)((checksum >> (5 * (5 - i))) & 31);

        var text = new byte[prefix.Length + 1 + values.Length];
        Encoding.ASCII.GetBytes(prefix, text);
        text[prefix.Length] = (byte)'1';
        for (var i = 0; i < values.Length; i++)
            text[prefix.Length + 1 + i] = (byte)Alphabet[values[i]];
        CryptographicOperations.ZeroMemory(values);
        return text;
    }

    private static IEnumerable<int> Expand(string prefix) => [.. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31)];

    private static uint Checksum(IReadOnlyList<int> values) => values.Aggregate(1u, Add);

    private static uint Add(uint checksum, int value)
    {
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var top = checksum >> 25;
        checksum = ((checksum & 0x1ffffff) << 5) ^ (uint)value;
        for (var i = 0; i < 5; i++)
            checksum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
        return checksum;
    }

    /// <summary>The bytes of values of five bits each; null where bits are left that should be none.</summary>
    private static byte[]? Bytes(IReadOnlyList<int> values)
    {
        var (buffer, bits, result) = (0, 0, new List<byte>());
        foreach (var value in values)
        {
            buffer = ((buffer << 5) | value) & 0xfff;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            result.Add((byte)(buffer >> bits));
        }

        return bits >= 5 || (byte)(buffer << (8 - bits)) != 0 ? null : [.. result];
    }
}
