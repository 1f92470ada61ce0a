using System.Text;
using Kops.Templates.Faults;

namespace Kops.Templates.Formatting;

/// <summary>
/// Texts by bytes of UTF-8, as Go counts and cuts them. A cut within a character leaves U+FFFD, where Go leaves a text that is not UTF-8.
/// </summary>
internal static class ByteText
{
    public static int Length(string text) => Encoding.UTF8.GetByteCount(text);

    /// <summary>The byte at a place, which must be one.</summary>
    public static byte At(string text, int index) => Ascii.IsValid(text) ? (byte)text[index] : Encoding.UTF8.GetBytes(text)[index];

    /// <summary>The bytes from one place to before another.</summary>
    /// <exception cref="FunctionException">The places lie outside the text.</exception>
    public static string Slice(string text, long start, long end)
    {
        var length = Length(text);
        if (end < 0 || end > length)
            throw new FunctionException($"slice bounds out of range [:{end}] with length {length}");
        if (start < 0 || start > end)
            throw new FunctionException($"slice bounds out of range [{start}:{end}]");
        return length == text.Length
            ? text[(int)start..(int)end]
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan((int)start, (int)(end - start)));
    }
}
