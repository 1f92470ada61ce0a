using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>A pending record as it was read.</summary>
internal sealed record PendingRecord(ChangeRecord Record, ObjectVersion Version);
