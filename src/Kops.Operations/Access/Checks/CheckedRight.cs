using Kops.Api;
using Kops.Vfs;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Checks;

/// <summary>One right that was tried.</summary>
/// <param name="Need">What it is for: the statement of the printed policies that gives it.</param>
/// <param name="Right">The right.</param>
/// <param name="Attempt">What was done to find out, in a word: <c>list</c>, <c>read</c>, <c>create</c>.</param>
/// <param name="Path">Where.</param>
/// <param name="Problem">Why it was refused, with the permission that is missing; null where it was not.</param>
public sealed record CheckedRight(AccessNeed Need, StoreRight Right, string Attempt, VfsPath Path, string? Problem)
{
    /// <summary>Whether it was tried. What can only be tried after something that failed is not.</summary>
    public bool IsTried { get; init; } = true;

    /// <summary>Whether it is there.</summary>
    public bool IsGranted => IsTried && Problem is null;
}
