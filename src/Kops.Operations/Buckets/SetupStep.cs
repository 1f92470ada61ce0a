namespace Kops.Operations.Buckets;

/// <summary>One setting of a store, and what became of it.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Wanted">What it shall be.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">How it was, or why it stays so; null where there is nothing to say.</param>
public sealed record SetupStep(string Name, string Wanted, SetupOutcome Outcome, string? Detail);
