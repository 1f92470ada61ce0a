namespace Kops.StateStore.Changes.Journal;

/// <summary>How a file stands with regard to a recorded change.</summary>
internal enum Standing
{
    /// <summary>As before the change.</summary>
    Before,

    /// <summary>As after the change.</summary>
    After,

    /// <summary>Neither: somebody else changed it.</summary>
    Other,
}
