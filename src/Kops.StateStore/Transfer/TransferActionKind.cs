namespace Kops.StateStore.Transfer;

/// <summary>What a transfer does to an object of its target.</summary>
public enum TransferActionKind
{
    /// <summary>It is new there.</summary>
    Create,

    /// <summary>It takes the place of other content.</summary>
    Replace,

    /// <summary>It is deleted.</summary>
    Delete,
}
