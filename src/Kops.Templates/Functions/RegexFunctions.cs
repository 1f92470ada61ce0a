using System.Text;
using System.Text.RegularExpressions;
using Kops.Templates.Faults;
using Kops.Templates.Regexes;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of regular expressions, with RE2's syntax. A pattern is compiled once in an execution.</summary>
internal static class RegexFunctions
{
    private const ParameterType Str = ParameterType.Text;
    private const int CharactersPerStep = 64;
    private const int StepsPerSize = 8;

    public static void AddTo(FunctionTable table)
    {
        table.Add("regexMatch", [Str, Str], IsMatchOrFalse).Add("mustRegexMatch", [Str, Str], IsMatch);
        Both(table, "regexFind", "RegexFind", [Str, Str], a => Matches(a, 1).FirstOrDefault()?.Value ?? string.Empty);
        Both(
            table,
            "regexFindAll",
            "RegexFindAll",
            [Str, Str, Int],
            a => TemplateList.OfTexts(Matches(a, a.Integer(2)).Select(match => match.Value))
        );
        Both(table, "regexReplaceAll", "RegexReplaceAll", [Str, Str, Str], a => Replace(a, isLiteral: false));
        Both(table, "regexReplaceAllLiteral", "RegexReplaceAllLiteral", [Str, Str, Str], a => Replace(a, isLiteral: true));
        Both(table, "regexSplit", "RegexSplit", [Str, Str, Int], Split);
        table.Add("regexQuoteMeta", [Str], a => QuoteMeta(a.Text(0)));
    }

    private static void Both(FunctionTable table, string name, string suffix, ParameterType[] parameters, FunctionBody body) =>
        table.Add(name, parameters, body).Add("must" + suffix, parameters, body);

    private static Value IsMatch(TemplateArguments a) => Matches(a, 1).Any();

    private static Value IsMatchOrFalse(TemplateArguments a)
    {
        try
        {
            return IsMatch(a);
        }
        catch (FunctionException error) when (error.Message.StartsWith("error parsing", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static IEnumerable<Match> Matches(TemplateArguments a, long most)
    {
        var scope = a.Scope;
        var regex = scope.Once(a.Text(0), pattern => new GoRegex(pattern, size => scope.Charge(size * StepsPerSize)));
        return regex.Matches(a.Text(1), most, length => scope.Charge(1 + length / CharactersPerStep));
    }

    private static Value Replace(TemplateArguments a, bool isLiteral)
    {
        var (text, replacement, end) = (a.Text(1), a.Text(2), 0);
        var output = new Formatting.TextBuffer(a.Scope.LongestText);
        var expanded = new StringBuilder();
        foreach (var match in Matches(a, -1))
        {
            output.Append(text.AsSpan(end, match.Index - end));
            end = match.Index + match.Length;
            if (isLiteral)
            {
                output.Append(replacement);
                continue;
            }

            GoRegex.Expand(expanded.Clear(), replacement, match);
            output.Append(expanded.ToString());
        }

        output.Append(text.AsSpan(end));
        return output.ToString();
    }

    private static Value Split(TemplateArguments a)
    {
        var (text, most) = (a.Text(1), a.Integer(2));
        if (most == 0)
            return TemplateList.OfTexts([]);
        if (text.Length == 0 && a.Text(0).Length > 0)
            return TemplateList.OfTexts([string.Empty]);
        var parts = new List<string>();
        var (start, end) = (0, 0);
        foreach (var match in Matches(a, most))
        {
            if (most > 0 && parts.Count == most - 1)
                break;
            end = match.Index;
            if (match.Index + match.Length > 0)
                parts.Add(text[start..end]);
            start = match.Index + match.Length;
        }

        if (end != text.Length)
            parts.Add(text[start..]);
        return TemplateList.OfTexts(parts);
    }

    private static string QuoteMeta(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (@"\.+*?()|[]{}^$".Contains(unit, StringComparison.Ordinal))
                quoted.Append('\\');
            quoted.Append(unit);
        }

        return quoted.ToString();
    }
}
