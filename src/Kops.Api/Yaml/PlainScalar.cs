using System.Buffers;
using System.Globalization;
using Kops.Api.Documents;
using Kops.Api.Values;

namespace Kops.Api.Yaml;

/// <summary>What a plain (unquoted) scalar means by the rules of YAML 1.1, as go-yaml reads them.</summary>
internal static class PlainScalar
{
    // Only a text that starts with one of these can be anything else than a string.
    private static readonly SearchValues<char> Starts = SearchValues.Create("+-0123456789yYnNtTfFoO~.");

    /// <summary>
    /// The value of a plain scalar: kind and canonical text. Not-a-number and infinity come back as a float with go-yaml's text.
    /// </summary>
    public static (ScalarKind Kind, string Text) Resolve(string text)
    {
        if (text.Length == 0)
            return (ScalarKind.Null, string.Empty);
        if (!Starts.Contains(text[0]))
            return (ScalarKind.Text, text);
        switch (text)
        {
            case "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return (ScalarKind.Boolean, "true");
            case "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return (ScalarKind.Boolean, "false");
            case "~" or "null" or "Null" or "NULL":
                return (ScalarKind.Null, string.Empty);
            case ".nan" or ".NaN" or ".NAN":
                return (ScalarKind.Float, ".nan");
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return (ScalarKind.Float, ".inf");
            case "-.inf" or "-.Inf" or "-.INF":
                return (ScalarKind.Float, "-.inf");
        }

        if (text[0] is '.')
            return Fraction(WithoutInnerUnderscores(text)) ?? (ScalarKind.Text, text);
        if (char.IsAsciiLetter(text[0]) || text[0] == '~')
            return (ScalarKind.Text, text);
        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        return Whole(plain) ?? Fraction(plain) ?? (ScalarKind.Text, text);
    }

    /// <summary>
    /// Whether a text that is written plain reads back as that text, not only here: dates and base-60 numbers are something else to other
    /// readers.
    /// </summary>
    public static bool IsText(string text)
    {
        if (text.Length == 0)
            return false;
        if (!Starts.Contains(text[0]))
            return true;
        return Resolve(text).Kind == ScalarKind.Text && !Timestamp.IsOne(text) && !IsBase60(text);
    }

    /// <summary>The name that a plain scalar is as a mapping's key; null for a null, which cannot be one.</summary>
    public static string? Key(string text)
    {
        var (kind, value) = Resolve(text);
        if (kind == ScalarKind.Null)
            return null;
        if (kind is ScalarKind.Text or ScalarKind.Boolean || value[^1] is 'n' or 'f')
            return value;
        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        return Whole(plain)?.Text ?? GoNumber.ForKey(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>A number as JSON would say it: what is whole is whole, however it was written.</summary>
    public static (ScalarKind Kind, string Text) Number(double value)
    {
        var text = GoNumber.ForJson(value);
        return (text.AsSpan().ContainsAny('.', 'e') ? ScalarKind.Float : ScalarKind.Integer, text);
    }

    // Where a text starts with a point, go-yaml leaves underscores to Go, which takes them between digits alone.
    private static string WithoutInnerUnderscores(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && !(char.IsAsciiDigit(text[i - 1]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
                return text;
        }

        return text.Replace("_", string.Empty, StringComparison.Ordinal);
    }

    private static (ScalarKind Kind, string Text)? Fraction(string text)
    {
        if (!IsDecimal(text))
            return null;
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(value) ? null : Number(value);
    }

    // Go's strconv.ParseInt and ParseUint with base 0: 0x, 0o and 0b, and a leading zero for octal.
    private static (ScalarKind Kind, string Text)? Whole(string text)
    {
        var negative = text[0] == '-';
        var hasSign = negative || text[0] == '+';
        var digits = text.AsSpan(hasSign ? 1 : 0);
        var radix = 10u;
        if (digits.Length > 1 && digits[0] == '0')
        {
            radix = digits[1] switch
            {
                'x' or 'X' => 16u,
                'o' or 'O' => 8u,
                'b' or 'B' => 2u,
                _ => 0u,
            };
            digits = digits[(radix == 0 ? 1 : 2)..];
            if (radix == 0)
                radix = 8;
        }

        if (digits.Length == 0)
            return null;
        UInt128 value = 0;
        foreach (var digit in digits)
        {
            var worth = char.IsAsciiHexDigit(digit)
                ? (uint)(char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10)
                : uint.MaxValue;
            if (worth >= radix)
                return null;
            value = (value * radix) + worth;
            if (value > ulong.MaxValue)
                return null;
        }

        var isInRange = negative ? value <= (UInt128)long.MaxValue + 1 : !hasSign || value <= long.MaxValue;
        if (!isInRange)
            return null;
        var result = value.ToString(CultureInfo.InvariantCulture);
        return (ScalarKind.Integer, negative && value != 0 ? "-" + result : result);
    }

    // [-+]? ( .digits | digits[.digits*] ) ( [eE][-+]?digits )?
    private static bool IsDecimal(string text)
    {
        var i = text[0] is '-' or '+' ? 1 : 0;
        var before = Digits(text, ref i);
        var after = 0;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            after = Digits(text, ref i);
        }

        if (before + after == 0)
            return false;
        if (i < text.Length && text[i] is ('e' or 'E'))
        {
            i++;
            if (i < text.Length && text[i] is ('-' or '+'))
                i++;
            if (Digits(text, ref i) == 0)
                return false;
        }

        return i == text.Length;
    }

    // [-+]? digit [digits_]* ( :[0-5]?digit )+ ( .[digits_]* )?
    private static bool IsBase60(string text)
    {
        var i = text[0] is '-' or '+' ? 1 : 0;
        if (i >= text.Length || !char.IsAsciiDigit(text[i]))
            return false;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '_'))
            i++;
        var parts = 0;
        for (; i < text.Length && text[i] == ':'; parts++)
        {
            i++;
            var start = i;
            if (Digits(text, ref i) is not (1 or 2) || (i - start == 2 && text[start] > '5'))
                return false;
        }

        if (parts == 0)
            return false;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '_'))
                i++;
        }

        return i == text.Length;
    }

    private static int Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - start;
    }
}
