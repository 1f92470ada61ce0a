using Kops.StateStore.Changes.Moves.Records;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves;

/// <summary>What finishing a move removes.</summary>
public sealed class FinishPlan
{
    internal FinishPlan(MoveRecord record, ObjectVersion? version, IReadOnlyList<MoveTree> trees, IReadOnlyList<VfsPath> left) =>
        (Record, Version, Trees, Left) = (record, version, trees, left);

    /// <summary>The move.</summary>
    public MoveRecord Record { get; }

    /// <summary>The directories that are removed.</summary>
    public IEnumerable<VfsPath> Removed => Trees.Select(tree => tree.From);

    /// <summary>Directories that were copied and are left, since their names do not say that they are this cluster's alone.</summary>
    public IReadOnlyList<VfsPath> Left { get; }

    internal ObjectVersion? Version { get; }

    internal IReadOnlyList<MoveTree> Trees { get; }
}
