using Kops.Templates.Faults;

namespace Kops.Templates.Versions;

/// <summary>
/// Constraints as the library <c>Masterminds/semver</c> reads them: comparisons joined by blanks or commas (all have to fit),
/// alternatives by <c>||</c>, ranges with <c> - </c>.
/// </summary>
internal sealed class VersionConstraints
{
    private static readonly string[] Operators = ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"];
    private readonly List<List<VersionConstraint>> _alternatives = [];

    /// <exception cref="FunctionException">The text is no constraint.</exception>
    public VersionConstraints(string text)
    {
        foreach (var alternative in text.Split("||"))
            _alternatives.Add(Read(alternative));
    }

    public bool Fit(SemanticVersion version) => _alternatives.Exists(all => all.TrueForAll(one => one.Fits(version)));

    private static List<VersionConstraint> Read(string text)
    {
        var constraints = new List<VersionConstraint>();
        var rest = text.AsSpan().Trim();
        while (rest.Length > 0)
        {
            var comparison = Operator(ref rest);
            var version = Word(ref rest);
            if (rest.StartsWith("- ", StringComparison.Ordinal) && comparison == "=")
            {
                rest = rest[1..].TrimStart();
                constraints.Add(Parse(">=", version, text));
                (comparison, version) = ("<=", Word(ref rest));
            }

            constraints.Add(Parse(comparison, version, text));
            if (rest.StartsWith(","))
                rest = rest[1..].TrimStart() is { Length: > 0 } more ? more : throw Improper(text);
        }

        return constraints.Count > 0 ? constraints : throw Improper(text);
    }

    private static string Operator(ref ReadOnlySpan<char> rest)
    {
        foreach (var known in Operators)
        {
            if (!rest.StartsWith(known, StringComparison.Ordinal))
                continue;
            rest = rest[known.Length..].TrimStart();
            return known switch
            {
                "=>" => ">=",
                "=<" => "<=",
                "~>" => "~",
                _ => known,
            };
        }

        return "=";
    }

    private static string Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(" ,\t\n");
        var word = (end < 0 ? rest : rest[..end]).ToString();
        rest = rest[word.Length..].TrimStart();
        return word;
    }

    private static VersionConstraint Parse(string comparison, string text, string whole)
    {
        var version = text.StartsWith('v') ? text[1..] : text;
        var suffixStart = version.AsSpan().IndexOfAny('-', '+');
        var suffix = suffixStart < 0 ? string.Empty : version[suffixStart..];
        var parts = (suffixStart < 0 ? version : version[..suffixStart]).Split('.');
        var given = 0;
        while (given < parts.Length && parts[given].Length > 0 && parts[given].All(char.IsAsciiDigit))
            given++;
        if (parts.Length > 3 || parts.Skip(given).Any(part => part is not ("x" or "X" or "*")))
            throw Improper(whole);
        var numbers = parts.Take(given).Concat(Enumerable.Repeat("0", 3 - given));
        try
        {
            return new VersionConstraint(comparison, SemanticVersion.Parse(string.Join('.', numbers) + suffix), given);
        }
        catch (FunctionException)
        {
            throw Improper(whole);
        }
    }

    private static FunctionException Improper(string text) => new($"improper constraint: {text}");
}
