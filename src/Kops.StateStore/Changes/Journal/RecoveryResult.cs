namespace Kops.StateStore.Changes.Journal;

/// <summary>What became of a change that was found pending.</summary>
public enum RecoveryResult
{
    /// <summary>Its remaining files were written.</summary>
    Finished,

    /// <summary>What was written of it was changed back.</summary>
    Undone,

    /// <summary>Its process is alive, or may be: it was left alone.</summary>
    InProgress,

    /// <summary>Its process is dead, and it was left alone: the next command that changes the cluster settles it.</summary>
    Interrupted,

    /// <summary>It could be neither finished nor undone now: its record is not valid, or for want of permission for example.</summary>
    Failed,
}
