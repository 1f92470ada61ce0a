using Kops.Api;
using Kops.Api.Documents;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Objects;

/// <summary>The label that says to which cluster an object belongs. It is shown and handed in, and not stored.</summary>
public static class ClusterLabel
{
    /// <summary>Its name.</summary>
    public const string Name = "kops.k8s.io/cluster";

    /// <summary>A copy of an instance group, with the label.</summary>
    public static InstanceGroup On(InstanceGroup group, string cluster)
    {
        ArgumentNullException.ThrowIfNull(group);
        var shown = new InstanceGroup((MappingNode)group.Node.Clone());
        shown.Metadata.Labels[Name] = cluster;
        return shown;
    }

    /// <summary>Copies of the instance groups of a cluster, with the label.</summary>
    public static IReadOnlyList<InstanceGroup> LabelledInstanceGroups(this ClusterState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.InstanceGroups.Select(stored => On(stored.Value, state.Name))];
    }
}
