using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>How a transfer ended.</summary>
/// <param name="Copied">Objects that were written; in a dry run those that would be.</param>
/// <param name="CopiedBytes">Their bytes.</param>
/// <param name="Unchanged">Objects that the target held already.</param>
/// <param name="Deleted">Objects that were deleted from the target; in a dry run those that would be.</param>
/// <param name="Conflicts">Objects that somebody else wrote to the target meanwhile; they stand as they were written, in key order.</param>
/// <param name="Failures">What could not be copied or deleted, and why, in key order.</param>
public sealed record TransferResult(
    long Copied,
    long CopiedBytes,
    long Unchanged,
    long Deleted,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<StoreException> Failures
)
{
    /// <summary>Whether the target now agrees with the source.</summary>
    public bool Succeeded => Conflicts.Count == 0 && Failures.Count == 0;

    /// <summary>Whether there was nothing to do.</summary>
    public bool IsUnchanged => Succeeded && Copied == 0 && Deleted == 0;
}
