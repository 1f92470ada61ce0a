namespace Kops.StateStore.Changes.Journal;

/// <summary>How a file stands with regard to a recorded change.</summary>
internal enum Standing
{
    /// <summary>As before the change.</summary>
    Before,

    /// <summary>As after the change, and it is the change's own doing.</summary>
    Ours,

    /// <summary>As after the change, by somebody else's doing or by nobody knows whose. It is never taken back.</summary>
    Wanted,

    /// <summary>Neither: somebody else changed it.</summary>
    Other,

    /// <summary>It lies where a record may not reach, or in a store that cannot be opened now. It is left alone.</summary>
    Unreachable,
}
