namespace Kops.Vfs;

/// <summary>What a store says of an object without its content.</summary>
/// <param name="Key">The object's key, relative to the driver's root.</param>
/// <param name="Size">Length of the content in bytes.</param>
/// <param name="Version">The version to condition a write on; null where a listing does not give it.</param>
/// <param name="LastModified">When it was last written, by the store's clock.</param>
public sealed record ObjectInfo(string Key, long Size, ObjectVersion? Version, DateTimeOffset LastModified)
{
    /// <summary>
    /// The mark of the write that made this object (<see cref="WriteCondition.Mark"/>), where the store keeps marks
    /// (<see cref="StoreCapabilities.KeepsMarks"/>) and the object was looked at or read. Null in listings, and for what another program
    /// wrote. A driver that leaves marks of its own for writes without one may show them.
    /// </summary>
    public string? Mark { get; init; }

    /// <summary>
    /// MD5 of the content where the store gives one that is known to be that (never guessed from an ETag of a multipart upload).
    /// </summary>
    public ReadOnlyMemory<byte>? Md5 { get; init; }

    /// <summary>
    /// What is the content's MD5 unless the server has encrypted the object with a key of its own, which a listing does not tell. Equal to
    /// another object's MD5 it shows equal content; different from it, it shows nothing.
    /// </summary>
    public ReadOnlyMemory<byte>? LikelyMd5
    {
        get => field ?? Md5;
        init;
    }
}
