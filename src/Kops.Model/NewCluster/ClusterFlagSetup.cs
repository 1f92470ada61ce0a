using Kops.Api;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>Flags that set one field of the cluster.</summary>
internal static class ClusterFlagSetup
{
    public static void Apply(ClusterDraft draft)
    {
        var flags = draft.Flags;
        Label(draft.Spec, flags);
        if (flags.NetworkCidrs is { Count: > 0 } ranges)
        {
            draft.Spec.NetworkCIDR = ranges[0];
            draft.Spec.AdditionalNetworkCIDRs.Set(ranges.Skip(1));
        }

        if (flags.DisableSubnetTags == true)
            draft.Spec.DisableSubnetTags = true;
        draft.Spec.MasterPublicName = Given(flags.ApiPublicName);
    }

    public static void Label(ClusterSpec spec, ClusterFlags flags)
    {
        foreach (var (key, value) in CloudLabels.Parse(flags.CloudLabels))
            spec.CloudLabels[key] = value;
    }

    /// <summary>The names of the labels that flags give.</summary>
    public static IEnumerable<string> LabelNames(ClusterFlags flags) => CloudLabels.Parse(flags.CloudLabels).Select(label => label.Key);
}
