namespace Kops.StateStore.Changes.History;

/// <summary>What came along of a cluster's history to another store.</summary>
/// <param name="Changes">How many changes of the other store are recorded there now.</param>
/// <param name="Left">Records that are none, or cannot be read: they stay where they are.</param>
public sealed record ArrivedHistory(int Changes, IReadOnlyList<string> Left)
{
    /// <summary>Nothing came.</summary>
    public static ArrivedHistory None { get; } = new(0, []);
}
