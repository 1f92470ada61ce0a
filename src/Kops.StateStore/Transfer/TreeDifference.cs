namespace Kops.StateStore.Transfer;

/// <summary>One key on which two trees do not agree.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="Key">The key, relative to either tree.</param>
public readonly record struct TreeDifference(TreeDifferenceKind Kind, string Key);
