using Kops.Api.Diff;
using Kops.StateStore.Clusters;

namespace Kops.StateStore.Changes.Moves;

/// <summary>What moving a cluster does. Computed from the cluster as it was read; nothing is written yet.</summary>
public sealed record MovePlan
{
    internal MovePlan(ClusterState source, IReadOnlyList<MoveTree> trees, ReadOnlyMemory<byte> config) =>
        (Source, Trees, Config) = (source, trees, config);

    /// <summary>The cluster at its old place.</summary>
    public ClusterState Source { get; }

    /// <summary>Each place of its files, before and after.</summary>
    public required IReadOnlyList<MovePlace> Places { get; init; }

    /// <summary>The fields of the Cluster object that are rewritten.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>
    /// Fields that mention the old store and are left, since they name no place of the cluster's files: policies, for example.
    /// </summary>
    public required IReadOnlyList<string> Mentions { get; init; }

    /// <summary>The directories to copy; none lies within another.</summary>
    internal IReadOnlyList<MoveTree> Trees { get; }

    /// <summary>The Cluster object as it will stand at the new place.</summary>
    internal ReadOnlyMemory<byte> Config { get; }

    /// <summary>Rewrites an older Cluster object as <see cref="Config"/> is; one that cannot be read stays as it is.</summary>
    internal Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Rewrite { get; init; } = static config => config;
}
