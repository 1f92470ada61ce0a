namespace Kops.StateStore.Changes.Journal;

/// <summary>A change as the journal keeps it.</summary>
public sealed record ChangeRecord
{
    /// <summary>Its name: the time at which it began and a random number, so that names sort by time.</summary>
    public required string Id { get; init; }

    /// <summary>The cluster that it changed.</summary>
    public required string Cluster { get; init; }

    /// <summary>What was done.</summary>
    public required string Title { get; init; }

    /// <summary>Who did it.</summary>
    public required ChangeAuthor Author { get; init; }

    /// <summary>When it began, by the clock of the machine that did it.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; null while it is pending.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>How it ended.</summary>
    public ChangeOutcome Outcome { get; init; }

    /// <summary>The change that it took back, if it was an undo.</summary>
    public string? Undoes { get; init; }

    /// <summary>Who finished or undid it in place of a process that was interrupted.</summary>
    public string? RecoveredBy { get; init; }

    /// <summary>Files that stand neither as before nor as intended: others changed them, or their content is not kept.</summary>
    public IReadOnlyList<string> Remaining { get; init; } = [];

    /// <summary>The files, in the order in which they are written.</summary>
    public required IReadOnlyList<RecordedFile> Files { get; init; }

    /// <summary>Who is carrying it out; null once it has ended.</summary>
    internal Lease? Lease { get; init; }

    /// <summary>What was decided for a change that cannot simply go on, so that whoever comes next decides the same.</summary>
    internal Decision? Decision { get; init; }
}
