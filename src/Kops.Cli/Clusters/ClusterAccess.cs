using Kops.Api;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Operations;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Clusters;

/// <summary>What many commands do with clusters: read one that must be there, apply changes and say how that ended.</summary>
internal static class ClusterAccess
{
    /// <summary>Reads a cluster that is going to be changed, after what an interrupted command left of it was settled.</summary>
    public static Task<ClusterState> ReadClusterToChangeAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        run.Session.ReadClusterToChangeAsync(name, cancellationToken);

    /// <summary>Reads a cluster.</summary>
    public static Task<ClusterState> ReadClusterAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        run.Session.ReadClusterAsync(name, cancellationToken);

    /// <summary>Reads a cluster of a store in which nothing is left over.</summary>
    public static Task<ClusterState> FindClusterAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        run.Session.GetClusterAsync(name, cancellationToken);

    /// <summary>The error for a cluster that is not there, with the nearest name that is.</summary>
    public static Task<OperationException> ClusterNotFoundAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        run.Session.ClusterNotFoundAsync(name, cancellationToken);

    /// <summary>Says on stderr that a cluster has moved away, and that what is shown are its old files.</summary>
    public static Task NoteMovedAsync(this Invocation run, string name, CancellationToken cancellationToken) =>
        run.Session.TellIfMovedAsync(name, cancellationToken);

    /// <summary>Which of the clusters of a store have moved away, where asking costs no request: in the file system.</summary>
    public static Task NoteMovedAsync(this Invocation run, CancellationToken cancellationToken) =>
        run.Session.TellMovedAsync(cancellationToken);

    /// <summary>Says what is going on in the store, or was interrupted there; nothing is changed.</summary>
    public static Task NotePendingAsync(this Invocation run, CancellationToken cancellationToken) =>
        run.Session.TellPendingAsync(cancellationToken);

    /// <summary>Finishes or undoes what a command that was killed left of a cluster that is going to be changed.</summary>
    public static Task RecoverAsync(this Invocation run, string cluster, CancellationToken cancellationToken) =>
        run.Session.RecoverAsync(cluster, cancellationToken);

    /// <summary>Carries a change set out; says whether there was anything to do.</summary>
    public static Task<bool> ApplyAsync(this Invocation run, ChangeSet changes, CancellationToken cancellationToken) =>
        run.Session.ApplyAsync(changes, cancellationToken);

    /// <summary>The groups as they are shown: with the label that names their cluster, which is not stored.</summary>
    public static IReadOnlyList<InstanceGroup> ShownGroups(this ClusterState state) =>
        [.. state.InstanceGroups.Select(stored => Shown(stored.Value, state.Name))];

    /// <summary>A group with the label that names its cluster.</summary>
    public static InstanceGroup Shown(InstanceGroup group, string cluster)
    {
        var shown = new InstanceGroup((MappingNode)group.Node.Clone());
        shown.Metadata.Labels[Labels.Cluster] = cluster;
        return shown;
    }
}
