namespace Kops.StateStore.Changes.Journal;

/// <summary>What one process can know of another.</summary>
public enum ProcessLife
{
    /// <summary>Nothing: it runs on another machine, or this one does not show it.</summary>
    Unknown,

    /// <summary>It lives, if perhaps stopped.</summary>
    Alive,

    /// <summary>It has ended.</summary>
    Dead,
}
