namespace Kops.StateStore.Changes.Journal;

/// <summary>A change that was found pending, and what became of it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Result">What became of the change.</param>
/// <param name="Record">The change; null when its record cannot be read.</param>
/// <param name="Error">Why it could be neither finished nor undone.</param>
public sealed record RecoveredChange(string Cluster, RecoveryResult Result, ChangeRecord? Record, Exception? Error);
