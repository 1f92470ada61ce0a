using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Moves.Records;

/// <summary>
/// What a store remembers of a move, so that it can be gone on with from anywhere: the store that the cluster leaves, until the next move;
/// the store that it goes to, until the cluster has arrived.
/// </summary>
public sealed record MoveRecord
{
    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The state store that it moves to, as an address.</summary>
    public required string To { get; init; }

    /// <summary>The state store that it comes from, as an address: in the record that reserves its new place. Null in the other.</summary>
    public string? From { get; init; }

    /// <summary>How far it is.</summary>
    public required MoveStatus Status { get; init; }

    /// <summary>Who began it.</summary>
    public required ChangeAuthor Author { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the status last changed.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>A random name of 32 hexadecimal digits. It is the mark of each file that the move copies.</summary>
    internal string Name { get; init; } = string.Empty;

    /// <summary>The names of the changes by which the move has meant to write the Cluster object at the new place.</summary>
    internal IReadOnlyList<string> Registrations { get; init; } = [];

    /// <summary>SHA-256 of the Cluster objects that they were to write.</summary>
    internal IReadOnlyList<string> ConfigSha256 { get; init; } = [];

    /// <summary>The directories that were copied, and what was verified in them.</summary>
    internal IReadOnlyList<MovedTree> Trees { get; init; } = [];

    /// <summary>Why the cluster is not changed in a store where this record lies; null where it may be.</summary>
    internal string? Obstacle(VfsPath root) =>
        Status switch
        {
            MoveStatus.Moved or MoveStatus.Finishing => $"cluster \"{Cluster}\" has moved to {To}: change it there, with --state {To}. "
                + $"Nothing was changed; 'kops state move {Cluster} --finish' removes the old files",
            MoveStatus.Arriving => $"cluster \"{Cluster}\" is on its way from {From} to this store, by {Author}: let that move end, or "
                + $"run 'kops state move {Cluster} --state {From} --to {To} --yes' if it was interrupted. Nothing was changed; deleting "
                + $"{new KopsDirectory(root).Move(Cluster)} gives the place free",
            _ => null,
        };
}
