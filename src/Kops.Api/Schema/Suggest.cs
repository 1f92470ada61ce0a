namespace Kops.Api.Schema;

/// <summary>Guesses which name was meant by one that does not exist.</summary>
public static class Suggest
{
    /// <summary>
    /// The known name nearest to the given one: equal but for case, or with few letters wrong, missing, extra or swapped (a third of
    /// them at most). Null when nothing is near.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        string? best = null;
        var least = 1 + (Math.Max(name.Length, 3) / 3);
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - name.Length) >= least)
                continue;
            var distance = Distance(name, candidate);
            if (distance < least)
                (best, least) = (candidate, distance);
        }

        return best;
    }

    /// <summary>
    /// The guess as the end of a message: <c>; did you mean 'zone'?</c>, or nothing. The name itself is no guess: it may have come while it
    /// was looked for.
    /// </summary>
    public static string Hint(string name, IEnumerable<string> known) =>
        Nearest(name, known.Where(candidate => candidate != name)) is { } meant ? $"; did you mean '{meant}'?" : string.Empty;

    // Optimal string alignment: edits and swaps of neighbours, whatever the case.
    private static int Distance(string left, string right)
    {
        var (twoBack, back, row) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
            back[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(back[j] + 1, row[j - 1] + 1), back[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                    row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
            }

            (twoBack, back, row) = (back, row, twoBack);
        }

        return back[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
