namespace Kops.StateStore.Transfer;

/// <summary>One object that a transfer writes or deletes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Key">The object, relative to the transfer's target.</param>
/// <param name="Bytes">Its length.</param>
public readonly record struct TransferAction(TransferActionKind Kind, string Key, long Bytes);
