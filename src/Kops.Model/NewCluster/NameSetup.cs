using Kops.Model.Channels;

namespace Kops.Model.NewCluster;

/// <summary>The cluster's name, channel and place in the store.</summary>
internal static class NameSetup
{
    public static void Apply(ClusterDraft draft)
    {
        draft.Cluster.Metadata.Name = draft.Request.Name;
        draft.Spec.Channel = draft.Flags.Channel is { Length: > 0 } channel ? channel : Channel.DefaultName;
        draft.Spec.ConfigBase =
            CloudSetup.Given(draft.Flags.ConfigBase) ?? draft.Request.StateStore.TrimEnd('/') + "/" + draft.Request.Name;
    }
}
