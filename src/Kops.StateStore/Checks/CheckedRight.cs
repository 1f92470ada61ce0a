namespace Kops.StateStore.Checks;

/// <summary>One right that was tried.</summary>
/// <param name="Right">What was done, in a word or two: <c>list</c>, <c>read</c>, <c>create</c>.</param>
/// <param name="Path">Where.</param>
/// <param name="Problem">Why it was refused, with the permission that is missing; null where it was not.</param>
public sealed record CheckedRight(string Right, string Path, string? Problem)
{
    /// <summary>The statement of the printed policies that gives it: <c>ChangeCluster</c>, for example.</summary>
    public string Statement { get; init; } = string.Empty;

    /// <summary>Whether it was tried. What can only be tried after something that failed is not.</summary>
    public bool IsTried { get; init; } = true;

    /// <summary>Whether it is there.</summary>
    public bool IsGranted => IsTried && Problem is null;
}
