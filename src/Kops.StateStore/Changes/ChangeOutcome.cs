namespace Kops.StateStore.Changes;

/// <summary>How a recorded change ended.</summary>
public enum ChangeOutcome
{
    /// <summary>Not yet: it is being applied, or was interrupted.</summary>
    Pending,

    /// <summary>Everything was written.</summary>
    Applied,

    /// <summary>It was begun and changed back: after a conflict, a failure or an interruption.</summary>
    Undone,
}
