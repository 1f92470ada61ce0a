namespace Kops.Vfs.Drivers;

/// <summary>One row of a listing: an object, or (in a shallow listing) a common prefix, which ends in <c>/</c>.</summary>
/// <param name="Key">The object's key, or the prefix with its final <c>/</c>; relative to the driver's root.</param>
/// <param name="Object">The object; null for a prefix.</param>
public readonly record struct ListEntry(string Key, ObjectInfo? Object)
{
    /// <summary>Whether this row stands for everything below <see cref="Key"/>.</summary>
    public bool IsPrefix => Object is null;

    /// <summary>
    /// Whether the key is none by <see cref="ObjectKey"/>, such as <c>a//b</c>: another program wrote it, and no path can name it. A store
    /// lists it all the same, so that nobody takes a tree for whole that is not.
    /// </summary>
    public bool IsUnreachable { get; init; }
}
