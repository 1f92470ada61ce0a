using System.Buffers;

namespace Kops.Api.Yaml;

/// <summary>What a text holds that decides how YAML can write it.</summary>
internal readonly struct ScalarTraits
{
    // Never need quotes, whatever stands around them.
    private const string HarmlessCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+=()$<^~;";
    private static readonly SearchValues<char> Harmless = SearchValues.Create(HarmlessCharacters);

    private ScalarTraits(bool isPlain, bool isSingleQuoted, bool isBlock, bool hasBreaks) =>
        (IsPlainAllowed, IsSingleQuotedAllowed, IsBlockAllowed, HasBreaks) = (isPlain, isSingleQuoted, isBlock, hasBreaks);

    public bool IsPlainAllowed { get; }

    public bool IsSingleQuotedAllowed { get; }

    public bool IsBlockAllowed { get; }

    public bool HasBreaks { get; }

    /// <summary>libyaml's analysis of a scalar, for block context.</summary>
    public static ScalarTraits Of(string text)
    {
        if (text.Length == 0)
            return new(isPlain: true, isSingleQuoted: true, isBlock: false, hasBreaks: false);
        if (char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(Harmless))
            return new(true, true, true, false);

        var indicators = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
        bool breaks = false,
            special = false,
            breakSpace = false,
            spaceBreak = false;
        bool afterBlank = true,
            afterSpace = false,
            afterBreak = false;
        for (var i = 0; i < text.Length; i++)
        {
            var current = text[i];
            var beforeBlank = i + 1 >= text.Length || text[i + 1] is ' ' or '\t';
            indicators |= current switch
            {
                '#' => afterBlank,
                ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => i == 0,
                '?' or '-' => i == 0 && beforeBlank,
                ':' => beforeBlank,
                _ => false,
            };
            special |= !IsPrintable(current);
            var isBreak = IsBreak(current);
            if (current == ' ')
            {
                breakSpace |= afterBreak;
            }
            else if (isBreak)
            {
                breaks = true;
                spaceBreak |= afterSpace;
            }

            (afterSpace, afterBreak) = (current == ' ', isBreak);
            afterBlank = current is ' ' or '\t' or '\0' || isBreak;
        }

        var startsOrEndsBlank = text[0] == ' ' || IsBreak(text[0]) || text[^1] == ' ' || IsBreak(text[^1]);
        return new(
            isPlain: !(indicators || breaks || special || breakSpace || spaceBreak || startsOrEndsBlank),
            isSingleQuoted: !(special || breakSpace || spaceBreak),
            isBlock: !(special || spaceBreak || text[^1] == ' '),
            hasBreaks: breaks
        );
    }

    /// <summary>A line feed, a carriage return or one of Unicode's.</summary>
    public static bool IsBreak(char value) => value is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>Whether the emitter writes it as it is. Characters beyond the first plane are escaped.</summary>
    public static bool IsPrintable(char value) =>
        value is '\n' or >= ' ' and <= '~' or >= '\u00a0' and <= '\ud7ff' or >= '\ue000' and <= '\ufffd' and not '\ufeff';
}
