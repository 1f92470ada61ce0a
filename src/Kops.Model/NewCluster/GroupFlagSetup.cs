namespace Kops.Model.NewCluster;

/// <summary>Flags that change one field of the groups of a role.</summary>
internal static class GroupFlagSetup
{
    public static void Apply(ClusterDraft draft)
    {
        foreach (var group in draft.Groups)
            GroupFlags.Apply(draft.Flags, group);
    }
}
