namespace Kops.Api;

/// <summary>
/// A document is not what it should be. All its problems at once, each with its place; the message lists them, a line each.
/// </summary>
public sealed class InvalidObjectException(string source, IReadOnlyList<Problem> problems)
    : Exception(string.Join('\n', problems.Select(problem => Line(source, problem))))
{
    /// <summary>The file or address that the document came from.</summary>
    public string Document { get; } = source;

    /// <summary>What is wrong, in the order of the text.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;

    private static string Line(string source, Problem problem)
    {
        var place = problem.Position is { } position ? $"{source}:{position}" : source;
        return $"{place}: {problem}";
    }
}
