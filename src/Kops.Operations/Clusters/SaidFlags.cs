using Kops.Model.Merging;
using Kops.Model.NewCluster;

namespace Kops.Operations.Clusters;

/// <summary>What flags said the last time that they made, or changed, a cluster.</summary>
internal static class SaidFlags
{
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
            (flags, flag) => values.TryGetValue(flag.Name, out var given) ? flag.TrySet(flags, given) : flags
        );
}
