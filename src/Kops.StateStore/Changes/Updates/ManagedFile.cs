using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Updates;

/// <summary>A file that <c>update cluster</c> generates.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Content">What shall stand there.</param>
/// <param name="Secrecy">How much may be kept and shown.</param>
public sealed record ManagedFile(VfsPath Path, ReadOnlyMemory<byte> Content, FileSecrecy Secrecy = FileSecrecy.Plain)
{
    /// <summary>The file as it was read already; null where it is still to be read.</summary>
    public StoredFile? Read { get; init; }

    /// <summary>
    /// Makes what shall stand there in the end, where that follows from keys which are made when the change is applied; null where
    /// <see cref="Content"/> is it.
    /// </summary>
    public Lazy<ReadOnlyMemory<byte>>? Final { get; init; }
}
