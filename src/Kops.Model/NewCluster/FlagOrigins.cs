using System.Text.RegularExpressions;
using Kops.Api;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// Leads what is wrong with a planned cluster back to the flags that brought it there, for a user who typed flags and no fields.
/// </summary>
public static partial class FlagOrigins
{
    /// <summary>The problems, each beginning with the given flags whose values landed where it is; with none, as it was.</summary>
    public static IReadOnlyList<Problem> Name(ClusterFlags flags, IReadOnlyList<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(flags);
        ArgumentNullException.ThrowIfNull(problems);
        return
        [
            .. problems.Select(problem =>
                Of(flags, problem) is { Length: > 0 } names
                    ? problem with
                    {
                        Subject = problem.Subject is null ? names : $"{names}: {problem.Subject}",
                    }
                    : problem
            ),
        ];
    }

    private static string Of(ClusterFlags flags, Problem problem)
    {
        var path = Position().Replace(problem.Path, "[]");
        // A flag that sets more than the field is a better guess than one that sets a part of it.
        var names = Given(flags).Where(land => IsWithin(path, land.Path)).ToList();
        if (names.Count == 0 && path.Contains('.', StringComparison.Ordinal))
            names = [.. Given(flags).Where(land => IsWithin(land.Path, path))];
        if (names.Count == 0)
            return string.Join(", ", Makers(flags, problem.Subject).Select(flag => "--" + flag));
        return string.Join(", ", names.Select(land => "--" + land.Flag).Distinct());
    }

    // The flag without which there were no such group: "instance groups apiserver-*".
    private static IEnumerable<string> Makers(ClusterFlags flags, string? subject) =>
        from flag in ClusterFlagTable.All
        let made = Group().Match(flag.Lands)
        where
            made.Success
            && flag.Get(flags) is not null
            && subject?.StartsWith("InstanceGroup " + made.Groups["name"].Value, StringComparison.Ordinal) == true
        select flag.Name;

    private static IEnumerable<(string Flag, string Path)> Given(ClusterFlags flags)
    {
        foreach (var flag in ClusterFlagTable.All.Where(flag => flag.Get(flags) is { Count: > 0 }))
        {
            foreach (var land in Lands(flag))
                yield return (flag.Name, land);
        }

        foreach (var set in flags.Sets ?? [])
            yield return ("set", Field(set.Split('=')[0]));
        foreach (var unset in flags.Unsets ?? [])
            yield return ("unset", Field(unset));
    }

    // "nodes: spec.image": whose groups these are does not matter, for the user sees the flag's own name.
    private static IEnumerable<string> Lands(FlagDefinition<ClusterFlags> flag) =>
        flag
            .Lands.Split(", ")
            .Select(land => land[(land.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..])
            .Where(land => land.StartsWith("spec.", StringComparison.Ordinal));

    private static string Field(string text) =>
        Position().Replace(text.StartsWith("cluster.", StringComparison.OrdinalIgnoreCase) ? text["cluster.".Length..] : text, "[]");

    private static bool IsWithin(string path, string outer) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Position();

    [GeneratedRegex(@"^instance groups? (?<name>[^*]+)\*?$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Group();
}
