namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Tells whether the process that left a change unfinished still lives, so that nobody waits for a dead one, and nobody takes a living
/// one's change from it.
/// </summary>
public interface IProcessProbe
{
    /// <summary>The process that asks.</summary>
    ProcessIdentity Self { get; }

    /// <summary>What is known of a process for certain.</summary>
    ProcessLife LifeOf(ProcessIdentity process);
}
