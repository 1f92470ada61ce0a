using Kops.Api.Documents;

namespace Kops.Api.Diff;

/// <summary>What came of merging two edits of one object.</summary>
/// <param name="Merged">Both edits; where they are in conflict, theirs.</param>
/// <param name="Conflicts">The fields that both changed, and differently; none means that the merge is whole.</param>
public sealed record MergeResult(MappingNode Merged, IReadOnlyList<FieldConflict> Conflicts)
{
    /// <summary>Whether nothing is in conflict.</summary>
    public bool IsClean => Conflicts.Count == 0;
}
