using System.Globalization;

namespace Kops.Api.Values;

/// <summary>Text that may be shown: without the characters that steer a terminal, or turn the direction of what follows.</summary>
public static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Whether a text of one line may be shown as it is.</summary>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !text.Any(IsSteering);
    }

    /// <summary>The text in one line, with a replacement character for each that may not be shown.</summary>
    public static string Of(string text) => Is(text) ? text : string.Concat(text.Select(c => IsSteering(c) ? Replacement : c));

    /// <summary>The same of a text that may have lines and columns.</summary>
    public static string OfLines(string text) =>
        Is(text) ? text : string.Concat(text.Select(c => c is not ('\n' or '\t') && IsSteering(c) ? Replacement : c));

    private static bool IsSteering(char c) =>
        char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
