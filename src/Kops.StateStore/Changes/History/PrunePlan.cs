using Kops.StateStore.Changes.Journal;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>What shortening the history would take away.</summary>
public sealed class PrunePlan
{
    internal PrunePlan(IReadOnlyList<ChangeReference> changes, IReadOnlyList<VfsEntry> contents) =>
        (Changes, Contents) = (changes, contents);

    /// <summary>The recorded changes that go, newest first.</summary>
    public IReadOnlyList<ChangeReference> Changes { get; }

    /// <summary>The contents that no other change refers to.</summary>
    internal IReadOnlyList<VfsEntry> Contents { get; }

    /// <summary>Size of these contents in bytes.</summary>
    public long Bytes => Contents.Sum(entry => entry.Object!.Size);

    /// <summary>Why the history of a cluster is left as it is: it has a record that is not valid. One line for each.</summary>
    public IReadOnlyList<string> Left { get; internal init; } = [];

    /// <summary>Whether there is nothing to take away.</summary>
    public bool IsEmpty => Changes.Count == 0 && Contents.Count == 0;
}
