using System.Buffers.Text;
using System.Text;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>sprig's base64 and base32. What cannot be decoded gives the error as a text, as sprig does.</summary>
internal static class EncodingFunctions
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("b64enc", [Str], a => Convert.ToBase64String(Encoding.UTF8.GetBytes(a.Text(0))));
        table.Add("b64dec", [Str], a => FromBase64(a.Text(0)));
        table.Add("b32enc", [Str], a => ToBase32(Encoding.UTF8.GetBytes(a.Text(0))));
        table.Add("b32dec", [Str], a => FromBase32(a.Text(0)));
    }

    // Line breaks are passed over; the error names the first character that is wrong.
    private static string FromBase64(string text)
    {
        var plain = Plain(text);
        try
        {
            return Base64.IsValid(plain) && !plain.Any(char.IsWhiteSpace)
                ? Encoding.UTF8.GetString(Convert.FromBase64String(plain))
                : Corrupt("base64", plain, unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '/');
        }
        catch (FormatException)
        {
            return Corrupt("base64", plain, unit => char.IsAsciiLetterOrDigit(unit) || unit is '+' or '/');
        }
    }

    private static string ToBase32(byte[] bytes)
    {
        var text = new StringBuilder((bytes.Length + 4) / 5 * 8);
        var (bits, count) = (0, 0);
        foreach (var value in bytes)
        {
            bits = (bits << 8) | value;
            for (count += 8; count >= 5; count -= 5)
                text.Append(Letters[(bits >> (count - 5)) & 31]);
            bits &= (1 << count) - 1;
        }

        if (count > 0)
            text.Append(Letters[(bits << (5 - count)) & 31]);
        return text.Append('=', (8 - text.Length % 8) % 8).ToString();
    }

    private static string FromBase32(string text)
    {
        var plain = Plain(text);
        var digits = plain.TrimEnd('=');
        if (
            plain.Length % 8 != 0
            || plain.Length - digits.Length is not (0 or 1 or 3 or 4 or 6)
            || digits.Any(unit => !Letters.Contains(unit, StringComparison.Ordinal))
        )
            return Corrupt("base32", plain, unit => Letters.Contains(unit, StringComparison.Ordinal));
        var bytes = new List<byte>(digits.Length * 5 / 8);
        var (bits, count) = (0, 0);
        foreach (var digit in digits)
        {
            bits = (bits << 5) | Letters.IndexOf(digit, StringComparison.Ordinal);
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Plain(string text) =>
        text.Replace("\n", string.Empty, StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal);

    private static string Corrupt(string encoding, string text, Func<char, bool> isDigit)
    {
        var wrong = 0;
        while (wrong < text.Length && isDigit(text[wrong]))
            wrong++;
        return $"illegal {encoding} data at input byte {wrong}";
    }
}
