using Kops.Vfs;

namespace Kops.StateStore.Changes.Updates;

/// <summary>A file that <c>update cluster</c> generates.</summary>
/// <param name="Path">Where it belongs.</param>
/// <param name="Content">What shall stand there.</param>
/// <param name="Secrecy">How much may be kept and shown.</param>
public sealed record ManagedFile(VfsPath Path, ReadOnlyMemory<byte> Content, FileSecrecy Secrecy = FileSecrecy.Plain);
