using System.Globalization;
using System.Text;
using Kops.Templates.Formatting;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary><c>html</c>, <c>js</c> and <c>urlquery</c>.</summary>
internal static class Escaping
{
    public static Value Html(string text, CallScope scope) =>
        Escape(
            text,
            scope,
            rune =>
                rune.Value switch
                {
                    0 => "\uFFFD",
                    '"' => "&#34;",
                    '\'' => "&#39;",
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    _ => null,
                }
        );

    public static Value Script(string text, CallScope scope) =>
        Escape(
            text,
            scope,
            rune =>
                rune.Value switch
                {
                    '\\' => @"\\",
                    '\'' => @"\'",
                    '"' => "\\\"",
                    '<' or '>' or '&' or '=' or < ' ' => Unicode(rune),
                    _ when rune.IsAscii || GoQuote.IsPrintable(rune) => null,
                    _ => Unicode(rune),
                }
        );

    public static Value Query(string text, CallScope scope) =>
        Text.Write(
            scope,
            buffer =>
            {
                foreach (var unit in Encoding.UTF8.GetBytes(text))
                {
                    if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
                        buffer.Append((char)unit);
                    else if (unit == ' ')
                        buffer.Append('+');
                    else
                        buffer.Append("%" + unit.ToString("X2", CultureInfo.InvariantCulture));
                }
            }
        );

    private static string Unicode(Rune rune) => @"\u" + rune.Value.ToString("X4", CultureInfo.InvariantCulture);

    private static Value Escape(string text, CallScope scope, Func<Rune, string?> escape) =>
        Text.Write(
            scope,
            buffer =>
            {
                foreach (var rune in text.EnumerateRunes())
                {
                    if (escape(rune) is { } escaped)
                        buffer.Append(escaped);
                    else
                        buffer.Append(rune);
                }
            }
        );
}
