using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Kops.Api.Documents;

namespace Kops.Api.Yaml;

/// <summary>The characters that YAML allows in a text.</summary>
internal static class Characters
{
    private static readonly SearchValues<byte> Control = SearchValues.Create([
        .. Enumerable.Range(0, 32).Select(value => (byte)value).Where(value => value is not (9 or 10 or 13)),
        127,
    ]);

    /// <summary>Finds bytes that are no UTF-8, and control characters.</summary>
    public static void Check(ReadOnlySpan<byte> text, ReadLimits limits)
    {
        var control = text.IndexOfAny(Control);
        if (control >= 0)
        {
            var hint = text[..Math.Min(text.Length, 64)].Count((byte)0) > 8 ? "; save the file as UTF-8" : string.Empty;
            throw limits.Refuse($"the control character U+{text[control]:X4} is not allowed{hint}", PositionOf(text, control));
        }

        if (Ascii.IsValid(text))
            return;
        if (!Utf8.IsValid(text))
        {
            var at = 0;
            while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
                at += length;
            throw limits.Refuse($"the byte 0x{text[at]:X2} is not UTF-8; save the file as UTF-8", PositionOf(text, at));
        }

        // U+0080 to U+009F but for the line break U+0085, which in UTF-8 are C2 80 to C2 9F.
        for (var rest = text; rest.IndexOf((byte)0xC2) is var found and >= 0; rest = rest[(found + 2)..])
        {
            if (rest[found + 1] is >= 0xA0 or 0x85)
                continue;
            throw limits.Refuse(
                $"the control character U+{rest[found + 1]:X4} is not allowed",
                PositionOf(text, text.Length - rest.Length + found)
            );
        }
    }

    /// <summary>The line and the column of a byte.</summary>
    public static SourcePosition PositionOf(ReadOnlySpan<byte> text, int index)
    {
        var before = text[..index];
        var line = before.Count((byte)'\n') + 1;
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new(line, Length(before[start..]) + 1);
    }

    /// <summary>How many characters the bytes are.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var length = 0;
        foreach (var value in text)
        {
            if ((value & 0xC0) != 0x80)
                length++;
        }

        return length;
    }
}
