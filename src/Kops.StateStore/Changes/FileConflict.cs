using Kops.Api.Diff;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>A file that somebody changed after it was read.</summary>
/// <param name="Read">The file as it was read.</param>
/// <param name="Now">The file as it stands.</param>
/// <param name="Wanted">The change that was not made; null for a file that was only read.</param>
public sealed record FileConflict(StoredFile Read, StoredFile Now, FileChange? Wanted)
{
    /// <summary>The file.</summary>
    public VfsPath Path => Read.Path;

    /// <summary>
    /// What was changed meanwhile: field by field in a Cluster or an InstanceGroup, by the ids of its keys in a keyset; null for any other
    /// file, and for one with a secret inside.
    /// </summary>
    public IReadOnlyList<FieldChange>? Fields =>
        ObjectFiles.IsObject(Path) || ObjectFiles.IsKeyset(Path) ? ObjectFiles.Compare(Path, Read.Content, Now.Content) : null;
}
