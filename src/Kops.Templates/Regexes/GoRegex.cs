using System.Text;
using System.Text.RegularExpressions;
using Kops.Templates.Faults;

namespace Kops.Templates.Regexes;

/// <summary>
/// A regular expression of Go (RE2), run by .NET's engine that never goes back, so that its time is linear in the text. Matches are those
/// that Go finds: an empty one right behind another does not count.
/// </summary>
internal sealed class GoRegex
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Regex _regex;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="charge">Told how large it is before it is compiled.</param>
    /// <exception cref="FunctionException">The pattern is none of RE2's, or too large.</exception>
    public GoRegex(string pattern, Action<long> charge)
    {
        try
        {
            var (translated, size) = RegexTranslation.Translate(pattern);
            charge(size);
            _regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new FunctionException($"error parsing regexp: `{pattern}` is not supported: {error.Message}", error);
        }
    }

    /// <summary>The matches one after the other, at most a number of them where that is not negative.</summary>
    /// <param name="text">The text to look in.</param>
    /// <param name="most">How many; negative for all.</param>
    /// <param name="charge">Told how far there is to look before each.</param>
    public IEnumerable<Match> Matches(string text, long most, Action<int> charge)
    {
        var (found, end) = (0L, -1);
        charge(text.Length);
        for (var match = First(text); match.Success && (most < 0 || found < most); match = Following(match))
        {
            charge(text.Length - match.Index);
            var isWithinCharacter = match.Index > 0 && match.Index < text.Length && char.IsLowSurrogate(text[match.Index]);
            if (match.Length == 0 && (match.Index == end || isWithinCharacter))
                continue;
            found++;
            end = match.Index + match.Length;
            yield return match;
        }
    }

    /// <summary>What stands for a match: <c>$1</c>, <c>${name}</c> and <c>$$</c> in a template. A name is as long as it can be.</summary>
    public static void Expand(StringBuilder output, string template, Match match)
    {
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '$' || i + 1 == template.Length)
            {
                output.Append(template[i]);
                continue;
            }

            if (template[i + 1] == '$')
            {
                output.Append(template[++i]);
                continue;
            }

            var isBraced = template[i + 1] == '{';
            var start = isBraced ? i + 2 : i + 1;
            var end = start;
            while (end < template.Length && (char.IsLetterOrDigit(template[end]) || template[end] == '_'))
                end++;
            if (end == start || (isBraced && (end == template.Length || template[end] != '}')))
            {
                output.Append('$');
                continue;
            }

            output.Append(match.Groups[template[start..end]].Value);
            i = isBraced ? end : end - 1;
        }
    }

    private Match First(string text) => Guarded(() => _regex.Match(text));

    private static Match Following(Match match) => Guarded(match.NextMatch);

    private static Match Guarded(Func<Match> look)
    {
        try
        {
            return look();
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new FunctionException("a regular expression took too long", error);
        }
    }
}
