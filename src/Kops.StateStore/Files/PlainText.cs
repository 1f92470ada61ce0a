using System.Globalization;

namespace Kops.StateStore.Files;

/// <summary>Text that may be shown: without the characters that steer a terminal, or turn the direction of what follows.</summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Whether a text may be shown as it is.</summary>
    public static bool Is(string text) => !text.Any(IsSteering);

    /// <summary>The text with a replacement character for each that may not be shown.</summary>
    public static string Of(string text) => Is(text) ? text : string.Concat(text.Select(c => IsSteering(c) ? Replacement : c));

    private static bool IsSteering(char c) =>
        char.IsControl(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
