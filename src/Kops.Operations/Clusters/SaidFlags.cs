using System.Text.RegularExpressions;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.StateStore.Changes;

namespace Kops.Operations.Clusters;

/// <summary>What flags said the last time that they made, or changed, a cluster: the history of the cluster keeps it.</summary>
internal static partial class SaidFlags
{
    private const string Command = "create cluster ";
    private const string Sets = "set";

    /// <summary>The flags on record, each with what was said last; null when there are none.</summary>
    public static async Task<ClusterFlags?> FindAsync(ClusterSession session, string cluster, CancellationToken cancellationToken)
    {
        var undone = new HashSet<string>(StringComparer.Ordinal);
        ClusterFlags? said = null;
        await foreach (var record in session.State.History.ListAsync(cluster, cancellationToken).ConfigureAwait(false))
        {
            if (record.Outcome is not ChangeOutcome.Applied || undone.Contains(record.Id))
                continue;
            if (record.Undoes is { } taken)
                undone.Add(taken);
            else if (record.Title.StartsWith(Command, StringComparison.Ordinal))
                said = said is null ? Read(record.Title) : Behind(said, Read(record.Title));
        }

        return said;
    }

    /// <summary>The flags of a command line as it is recorded: <c>create cluster NAME --flag=value --switch</c>.</summary>
    internal static ClusterFlags Read(string title)
    {
        var given = new Dictionary<FlagDefinition<ClusterFlags>, List<string>>();
        foreach (var word in BeforeFlag().Split(title).Where(word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            var parts = word[2..].Split('=', 2);
            if (ClusterFlagTable.Find(parts[0]) is not { } flag)
                continue;
            if (!given.TryGetValue(flag, out var values))
                given[flag] = values = [];
            values.Add(parts.Length > 1 ? parts[1] : "true");
        }

        return given.Aggregate(new ClusterFlags(), (flags, pair) => Set(flags, pair.Key, pair.Value));
    }

    /// <summary>What was said, and what older flags said beside it.</summary>
    private static ClusterFlags Behind(ClusterFlags said, ClusterFlags older)
    {
        foreach (var flag in ClusterFlagTable.All)
        {
            if (flag.Get(older) is not { } values)
                continue;
            if (flag.Get(said) is not { } newer)
                said = Set(said, flag, values);
            else if (flag.Name == Sets)
                said = said with { Sets = [.. older.Sets!, .. said.Sets!] };
        }

        return said;
    }

    private static ClusterFlags Set(ClusterFlags flags, FlagDefinition<ClusterFlags> flag, IReadOnlyList<string> values)
    {
        try
        {
            return flag.Set(flags, values);
        }
        catch (InvalidFlagException)
        {
            // Another version of this program knew it.
            return flags;
        }
    }

    [GeneratedRegex(@" (?=--[a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BeforeFlag();
}
