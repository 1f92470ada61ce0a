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
        if (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) return null;
        text = text.ToLowerInvariant();
        if (!text.StartsWith(prefix + "1", StringComparison.Ordinal) || text.Length < prefix.Length + 1 + ChecksumLength) return null;
        var values = text[(prefix.Length + 1)..].Select(c => Alphabet.IndexOf(c, StringComparison.Ordinal)).ToArray();
        return values.Contains(-1) || Checksum([.. Expand(prefix), .. values]) != 1 ? null : Regroup(values[..^ChecksumLength], 5, 8, pad: false);
    }

    public static string Encode(string prefix, ReadOnlySpan<byte> bytes)
    {
        var values = Regroup([.. bytes.ToArray().Select(b => (int)b)], 8, 5, pad: true)!.Select(b => (int)b).ToList();
        var checksum = Checksum([.. Expand(prefix), .. values, 0, 0, 0, 0, 0, 0]) ^ 1;
        for (var i = 0; i < ChecksumLength; i++) values.Add((int)(checksum >> (5 * (5 - i))) & 31);
        var text = new StringBuilder(prefix).Append('1');
        foreach (var value in values) text.Append(Alphabet[value]);
        return text.ToString();
    }

    private static IEnumerable<int> Expand(string prefix) => [.. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31)];

    private static uint Checksum(IReadOnlyList<int> values)
    {
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        uint checksum = 1;
        foreach (var value in values)
        {
            var top = checksum >> 25;
            checksum = ((checksum & 0x1ffffff) << 5) ^ (uint)value;
            for (var i = 0; i < 5; i++) checksum ^= ((top >> i) & 1) == 1 ? generator[i] : 0;
        }

        return checksum;
    }

    private static byte[]? Regroup(IReadOnlyList<int> values, int from, int to, bool pad)
    {
        var (buffer, bits, result) = (0, 0, new List<byte>());
        foreach (var value in values)
        {
            buffer = ((buffer << from) | value) & 0xfff;
            for (bits += from; bits >= to; result.Add((byte)((buffer >> bits) & ((1 << to) - 1)))) bits -= to;
        }

        var rest = (byte)((buffer << (to - bits)) & ((1 << to) - 1));
        if (pad && bits > 0) result.Add(rest);
        return !pad && (bits >= from || rest != 0) ? null : [.. result];
    }
}
