namespace Kops.Cli.Tests.Stores;

/// <summary>An empty store that a test has for itself.</summary>
/// <param name="Address">What a user writes for it.</param>
/// <param name="Environment">The variables that a user sets for it.</param>
public sealed record StoreAtHand(string Address, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What must be in no output.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The same store as a profile says it, in YAML: the lines below <c>stores:</c>.</summary>
    public required string Profile { get; init; }
}
