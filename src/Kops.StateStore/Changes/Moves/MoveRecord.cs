using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Changes.Moves;

/// <summary>What the old store remembers of a move, so that it can be gone on with from anywhere.</summary>
public sealed record MoveRecord
{
    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The state store that it moves to, as an address.</summary>
    public required string To { get; init; }

    /// <summary>How far it is.</summary>
    public required MoveStatus Status { get; init; }

    /// <summary>Who began it.</summary>
    public required ChangeAuthor Author { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the status last changed.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>SHA-256 of each Cluster object that this move has meant to write at the new place, the last one last.</summary>
    public IReadOnlyList<string> ConfigSha256 { get; init; } = [];

    /// <summary>
    /// A digest of what was verified at the old place: keys, lengths, and hashes or times. While it is the same there, nothing has changed.
    /// </summary>
    public string? SourceSha256 { get; init; }

    /// <summary>The directories that were copied, old and new addresses.</summary>
    public IReadOnlyList<(string From, string To)> Trees { get; init; } = [];
}
