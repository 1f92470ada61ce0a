namespace Kops.StateStore.Changes.Journal;

/// <summary>Tells whether the process that left a change unfinished still lives, so that nobody has to wait for a dead one.</summary>
public interface IProcessProbe
{
    /// <summary>The process that asks.</summary>
    ProcessIdentity Self { get; }

    /// <summary>Whether a process is known to be dead. False when it lives, and when nobody can tell.</summary>
    bool IsDead(ProcessIdentity process);
}
