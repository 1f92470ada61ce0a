using System.Globalization;
using System.Text;

namespace Kops.Templates.Formatting;

/// <summary>Texts and characters as Go source: <c>strconv.Quote</c> and its kin.</summary>
internal static class GoQuote
{
    public static string Quote(string text, bool asciiOnly = false)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
            Append(quoted, rune, '"', asciiOnly);
        return quoted.Append('"').ToString();
    }

    public static string QuoteRune(Rune rune, bool asciiOnly)
    {
        var quoted = new StringBuilder("'");
        Append(quoted, rune, '\'', asciiOnly);
        return quoted.Append('\'').ToString();
    }

    /// <summary>Whether the text can stand between backquotes on one line.</summary>
    public static bool CanBackquote(string text) => !text.Any(unit => unit is '`' or '\uFEFF' or '\x7F' or (< ' ' and not '\t'));

    /// <summary>Whether Go prints a character as it is: letters, marks, numbers, punctuation, symbols and the plain space.</summary>
    public static bool IsPrintable(Rune rune) =>
        rune.Value == ' '
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );

    private static void Append(StringBuilder quoted, Rune rune, char quote, bool asciiOnly)
    {
        if (rune.Value == quote || rune.Value == '\\')
            quoted.Append('\\').Append((char)rune.Value);
        else if (IsPrintable(rune) && rune.Value != Rune.ReplacementChar.Value && (rune.IsAscii || !asciiOnly))
            quoted.Append(rune);
        else
            quoted.Append(Escape(rune, asciiOnly));
    }

    private static string Escape(Rune rune, bool asciiOnly) =>
        rune.Value switch
        {
            '\a' => @"\a",
            '\b' => @"\b",
            '\f' => @"\f",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            '\v' => @"\v",
            < ' ' or 0x7F => $@"\x{rune.Value:x2}",
            0xFFFD when !asciiOnly => "\uFFFD",
            < 0x10000 => $@"\u{rune.Value:x4}",
            _ => $@"\U{rune.Value:x8}",
        };
}
