using System.Text.RegularExpressions;

namespace Kops.Api;

/// <summary>
/// A document is not what it should be. All its problems at once, each with its place; the message lists them, a line each.
/// </summary>
public sealed partial class InvalidObjectException(string source, IReadOnlyList<Problem> problems)
    : Exception(string.Join('\n', problems.Select(problem => Line(source, problem))))
{
    /// <summary>The file or address that the document came from.</summary>
    public string Document { get; } = source;

    /// <summary>What is wrong, in the order of the text.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;

    /// <summary>The same without what problems quote of the document, for one that holds secrets.</summary>
    public InvalidObjectException WithoutQuotes() =>
        new(Document, [.. Problems.Select(problem => problem with { Message = Quoted().Replace(problem.Message, "'...'") })]);

    [GeneratedRegex("'[^'\n]*'|\"[^\"\n]*\"", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Quoted();

    private static string Line(string source, Problem problem)
    {
        var place = problem.Position is { } position ? $"{source}:{position}" : source;
        return $"{place}: {problem}";
    }
}
