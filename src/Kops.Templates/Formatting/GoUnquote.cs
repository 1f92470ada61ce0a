using System.Globalization;
using System.Text;

namespace Kops.Templates.Formatting;

/// <summary>What a quoted text or character of Go source means: <c>strconv.Unquote</c>.</summary>
internal static class GoUnquote
{
    /// <summary>The text within its quotes; null where an escape is malformed.</summary>
    public static string? Text(ReadOnlySpan<char> quoted)
    {
        var inner = quoted[1..^1];
        if (quoted[0] == '`')
            return inner.ToString().Replace("\r", string.Empty, StringComparison.Ordinal);
        if (!inner.Contains('\\'))
            return inner.Contains('"') || inner.Contains('\n') ? null : inner.ToString();

        // Escapes of bytes can make up a character of several bytes.
        var bytes = new List<byte>(inner.Length);
        Span<byte> encoded = stackalloc byte[4];
        while (inner.Length > 0)
        {
            if (Next(ref inner, '"') is not var (value, isByte))
                return null;
            if (isByte)
                bytes.Add((byte)value);
            else
                bytes.AddRange(encoded[..new Rune(value).EncodeToUtf8(encoded)]);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>The character within single quotes; null where it is malformed or more than one.</summary>
    public static int? Character(ReadOnlySpan<char> quoted)
    {
        if (quoted.Length < 3 || quoted[^1] != '\'')
            return null;
        var inner = quoted[1..^1];
        return Next(ref inner, '\'') is var (value, _) && inner.Length == 0 ? value : null;
    }

    private static (int Value, bool IsByte)? Next(ref ReadOnlySpan<char> rest, char quote)
    {
        if (rest.Length == 0 || rest[0] == quote)
            return null;
        if (rest[0] != '\\')
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var used);
            rest = rest[used..];
            return (rune.Value, false);
        }

        if (rest.Length < 2)
            return null;
        var escape = rest[1];
        switch (escape)
        {
            case 'x':
                return Digits(ref rest, 2, 2, NumberStyles.AllowHexSpecifier);
            case 'u':
                return Digits(ref rest, 2, 4, NumberStyles.AllowHexSpecifier);
            case 'U':
                return Digits(ref rest, 2, 8, NumberStyles.AllowHexSpecifier);
            case >= '0' and <= '7':
                return Octal(ref rest);
        }

        var index = "abfnrtv\\".IndexOf(escape, StringComparison.Ordinal);
        if (index < 0 && escape != quote)
            return null;
        rest = rest[2..];
        return (index < 0 ? quote : "\a\b\f\n\r\t\v\\"[index], false);
    }

    private static (int Value, bool IsByte)? Digits(ref ReadOnlySpan<char> rest, int from, int count, NumberStyles style)
    {
        if (
            rest.Length < from + count
            || !uint.TryParse(rest.Slice(from, count), style, CultureInfo.InvariantCulture, out var value)
            || (count > 2 && !Rune.IsValid(value))
        )
            return null;
        rest = rest[(from + count)..];
        return ((int)value, count == 2);
    }

    private static (int Value, bool IsByte)? Octal(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length < 4)
            return null;
        var value = 0;
        foreach (var digit in rest[1..4])
        {
            if (digit is < '0' or > '7')
                return null;
            value = value * 8 + digit - '0';
        }

        rest = rest[4..];
        return value > byte.MaxValue ? null : (value, true);
    }
}
