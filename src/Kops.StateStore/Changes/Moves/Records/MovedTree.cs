namespace Kops.StateStore.Changes.Moves.Records;

/// <summary>
/// A directory that a move has copied: the same key in both stores, so that its record reaches nothing outside of them.
/// </summary>
/// <param name="Key">The key below the state stores' roots.</param>
internal sealed record MovedTree(string Key)
{
    /// <summary>What each file was like when it was verified, by its key: empty until the cluster has moved.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
