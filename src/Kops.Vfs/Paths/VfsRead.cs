namespace Kops.Vfs;

/// <summary>One of many objects that were read side by side.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Content">What was read; null when nothing stands there, or it could not be read.</param>
/// <param name="Error">Why it could not be read. It does not keep the others from being read.</param>
public readonly record struct VfsRead(VfsPath Path, ObjectContent? Content, StoreException? Error)
{
    /// <summary>What was read; null when nothing stands there.</summary>
    /// <exception cref="StoreException">It could not be read.</exception>
    public ObjectContent? ContentOrThrow => Error is null ? Content : throw Error;
}
