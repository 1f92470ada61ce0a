using System.Text;
using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of upper and lower case, and of the ways to write several words as one.</summary>
internal static class CaseFunctions
{
    private const ParameterType Str = ParameterType.Text;

    public static void AddTo(FunctionTable table)
    {
        table.Add("upper", [Str], a => a.Text(0).ToUpperInvariant());
        table.Add("lower", [Str], a => a.Text(0).ToLowerInvariant());
        table.Add("title", [Str], a => Title(a.Text(0)));
        table.Add("untitle", [Str], a => WordByWord(a.Text(0), (rune, isFirst) => isFirst ? Rune.ToLowerInvariant(rune) : rune));
        table.Add("swapcase", [Str], a => WordByWord(a.Text(0), (rune, _) => Swap(rune)));
        table.Add("snakecase", [Str], a => Joined(a.Text(0), '_'));
        table.Add("kebabcase", [Str], a => Joined(a.Text(0), '-'));
        table.Add("camelcase", [Str], a => Camel(a.Text(0)));
    }

    // Go's strings.Title: a word starts behind what is neither letter, digit nor underscore, an apostrophe too.
    private static string Title(string text)
    {
        var title = new StringBuilder(text.Length);
        var isStart = true;
        foreach (var rune in text.EnumerateRunes())
        {
            title.Append(isStart ? Rune.ToUpperInvariant(rune) : rune);
            isStart = rune.IsAscii ? !Rune.IsLetterOrDigit(rune) && rune.Value != '_' : Rune.IsWhiteSpace(rune);
        }

        return title.ToString();
    }

    private static string WordByWord(string text, Func<Rune, bool, Rune> change)
    {
        var changed = new StringBuilder(text.Length);
        var isFirst = true;
        foreach (var rune in text.EnumerateRunes())
        {
            changed.Append(change(rune, isFirst));
            isFirst = Rune.IsWhiteSpace(rune);
        }

        return changed.ToString();
    }

    private static Rune Swap(Rune rune) => Rune.IsUpper(rune) ? Rune.ToLowerInvariant(rune) : Rune.ToUpperInvariant(rune);

    // FirstName, HTTPServer, NoHTTPS, GO_PATH, GO PATH: words end where case says so, and at a space, a hyphen and an underscore.
    private static string Joined(string text, char separator)
    {
        var joined = new StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit is ' ' or '-' or '_')
            {
                joined.Append(separator);
                continue;
            }

            var previous = i > 0 ? text[i - 1] : '\0';
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            var startsWord =
                char.IsUpper(unit)
                && i > 0
                && previous is not (' ' or '-' or '_')
                && (!char.IsUpper(previous) || (char.IsLower(next) && next != '\0'));
            if (startsWord)
                joined.Append(separator);
            joined.Append(char.ToLowerInvariant(unit));
        }

        return joined.ToString();
    }

    // Underscores go, and the letter behind one is large; those at the start and at the end stay.
    private static string Camel(string text)
    {
        var start = text.AsSpan().IndexOfAnyExcept('_');
        if (start < 0)
            return text;
        var camel = new StringBuilder(text, 0, start, text.Length).Append(char.ToUpperInvariant(text[start]));
        for (var i = start + 1; i < text.Length; i++)
        {
            var isJoint = text[i] is '_' or ' ' or '-' && i + 1 < text.Length && text[i + 1] is not ('_' or ' ' or '-');
            if (isJoint)
                camel.Append(char.ToUpperInvariant(text[++i]));
            else
                camel.Append(text[i]);
        }

        return camel.ToString();
    }
}
