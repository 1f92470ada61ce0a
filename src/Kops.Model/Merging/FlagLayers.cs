using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>Flags that were given one after the other.</summary>
public static class FlagLayers
{
    private const string Sets = "set";

    /// <summary>What was said, and what older flags said beside it.</summary>
    public static ClusterFlags Behind(ClusterFlags said, ClusterFlags older)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(older);
        foreach (var flag in ClusterFlagTable.All)
        {
            if (flag.Get(older) is not { } values)
                continue;
            if (flag.Get(said) is not { } newer)
                said = flag.TrySet(said, values);
            else if (flag.Name == Sets)
                said = said with { Sets = [.. values.Except(newer, StringComparer.Ordinal), .. newer] };
        }

        return said;
    }

    /// <summary>Sets a flag, unless it cannot have that value: it was said to another program.</summary>
    public static ClusterFlags TrySet(this FlagDefinition<ClusterFlags> flag, ClusterFlags flags, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(flag);
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
