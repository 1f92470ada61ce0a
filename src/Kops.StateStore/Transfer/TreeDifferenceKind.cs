namespace Kops.StateStore.Transfer;

/// <summary>The ways in which two trees differ at a key.</summary>
public enum TreeDifferenceKind
{
    /// <summary>Only the first tree has it.</summary>
    OnlyFirst,

    /// <summary>Only the second tree has it.</summary>
    OnlySecond,

    /// <summary>Both have it, with other content.</summary>
    Content,
}
