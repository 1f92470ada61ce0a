namespace Kops.Vfs;

/// <summary>One row of a listing of a <see cref="VfsPath"/>.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Object">The object; null for a prefix.</param>
public readonly record struct VfsEntry(VfsPath Path, ObjectInfo? Object)
{
    /// <summary>Whether this row stands for everything below <see cref="Path"/>.</summary>
    public bool IsPrefix => Object is null;
}
