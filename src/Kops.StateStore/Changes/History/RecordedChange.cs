using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Changes.History;

/// <summary>A recorded change with the contents that the journal keeps.</summary>
/// <param name="Record">Who did what, when, and to which files.</param>
/// <param name="Files">The files with their contents.</param>
public sealed record RecordedChange(ChangeRecord Record, IReadOnlyList<RecordedContent> Files);
