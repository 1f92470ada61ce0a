using Kops.Vfs;

namespace Kops.StateStore.Changes.Updates;

/// <summary>What an updated cluster's state holds besides the objects that people edit.</summary>
public sealed record UpdateContent
{
    /// <summary>The generated files.</summary>
    public IReadOnlyList<ManagedFile> Files { get; init; } = [];

    /// <summary>The keysets that must be there, as <see cref="ClusterStore.PlanKeysetsAsync"/> found them.</summary>
    public IReadOnlyList<PlannedKeyset> Keysets { get; init; } = [];

    /// <summary>The secrets that must be there. Missing ones are created with random tokens.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Whether manifests and node configurations that are no longer generated are deleted. Those of addons are kept.</summary>
    public bool RemoveObsolete { get; init; }

    /// <summary>Files, and directories, that are kept although they are not generated.</summary>
    public IReadOnlyList<VfsPath> Kept { get; init; } = [];
}
