namespace Kops.StateStore.Changes.Updates;

/// <summary>What an updated cluster's state holds besides the objects that people edit.</summary>
public sealed record UpdateContent
{
    /// <summary>The generated files.</summary>
    public IReadOnlyList<ManagedFile> Files { get; init; } = [];

    /// <summary>The keysets that must be there. Missing ones are created, each with a new authority that signs itself.</summary>
    public IReadOnlyList<string> Keysets { get; init; } = [];

    /// <summary>The secrets that must be there. Missing ones are created with random tokens.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Whether addons, manifests and node configurations that are no longer generated are deleted.</summary>
    public bool RemoveObsolete { get; init; }
}
