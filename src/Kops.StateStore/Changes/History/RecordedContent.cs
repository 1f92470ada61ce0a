using Kops.Api.Diff;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>A file of a recorded change, with its contents where the journal keeps them.</summary>
/// <param name="File">What was done to it.</param>
/// <param name="Path">Where it stands; null for a file that lies where no record may reach.</param>
/// <param name="Before">The content before; null when there was none, and for what is not kept.</param>
/// <param name="After">The content after; null when there was none, and for what is not kept.</param>
public sealed record RecordedContent(RecordedFile File, VfsPath? Path, ReadOnlyMemory<byte>? Before, ReadOnlyMemory<byte>? After)
{
    /// <summary>The changed fields of a Cluster or an InstanceGroup that was replaced; null for any other file.</summary>
    public IReadOnlyList<FieldChange>? Fields => Path is null ? null : ObjectFiles.Compare(Path, Before, After);
}
