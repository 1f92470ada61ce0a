namespace Kops.StateStore.Changes.Journal;

/// <summary>How patient the journal is.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// For how long a process that applies a change keeps others off without a sign of life. Clocks of machines that share a store
    /// should agree to within a third of it. A process that is known to be dead is not waited for.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For how long to wait for another process that is applying a change to the same cluster.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often to look whether it has ended.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);
}
