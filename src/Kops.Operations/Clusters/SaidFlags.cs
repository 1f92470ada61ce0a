using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Operations.Clusters;

/// <summary>What flags said the last time that they made, or changed, a cluster.</summary>
internal static class SaidFlags
{
    private const string Sets = "set";

    /// <summary>The flags as they are kept: what was given, by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Values(ClusterFlags flags) =>
        ClusterFlagTable
            .All.Select(flag => (flag.Name, Values: flag.Get(flags)))
            .Where(flag => flag.Values is not null)
            .ToDictionary(flag => flag.Name, flag => flag.Values!, StringComparer.Ordinal);

    /// <summary>The flags of a record. Those that are not known here, or cannot have that value, were said to another program.</summary>
    public static ClusterFlags Of(IReadOnlyDictionary<string, IReadOnlyList<string>> values) =>
        ClusterFlagTable.All.Aggregate(
            new ClusterFlags(),
            (flags, flag) => values.TryGetValue(flag.Name, out var given) ? Set(flags, flag, given) : flags
        );

    /// <summary>What was said, and what older flags said beside it.</summary>
    public static ClusterFlags Behind(ClusterFlags said, ClusterFlags older)
    {
        foreach (var flag in ClusterFlagTable.All)
        {
            if (flag.Get(older) is not { } values)
                continue;
            if (flag.Get(said) is not { } newer)
                said = Set(said, flag, values);
            else if (flag.Name == Sets)
                said = said with { Sets = [.. values.Except(newer, StringComparer.Ordinal), .. newer] };
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
            return flags;
        }
    }
}
