namespace Kops.Vfs;

/// <summary>What a store's server can do. Values, so that callers choose by capability and never by scheme.</summary>
public sealed record StoreCapabilities
{
    /// <summary>Whether <see cref="WriteCondition.IfAbsent"/> is atomic: of racing writers, exactly one wins.</summary>
    public bool ConditionalCreate { get; init; }

    /// <summary>Whether <see cref="WriteCondition.IfMatch"/> is atomic on put.</summary>
    public bool ConditionalReplace { get; init; }

    /// <summary>Whether <see cref="WriteCondition.IfMatch"/> is atomic on delete.</summary>
    public bool ConditionalDelete { get; init; }

    /// <summary>
    /// Whether conditions hold among those alone who take this program's lock, because the server cannot check them with a write: what
    /// another program writes meanwhile is overwritten.
    /// </summary>
    public bool ConditionsByLock { get; init; }

    /// <summary>
    /// Whether the store keeps the mark of a write (<see cref="WriteCondition.Mark"/>) with its object, and gives it back with a look and
    /// a read (<see cref="ObjectInfo.Mark"/>): then a writer knows its own writes again, whatever others have written meanwhile.
    /// </summary>
    public bool KeepsMarks { get; init; }

    /// <summary>Whether each write makes a version that no other write of the object has, also when it writes the same bytes.</summary>
    public bool VersionsNameWrites { get; init; }

    /// <summary>Whether the store can be written at all.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>Whether other machines can read the store, so that nodes can boot from it.</summary>
    public bool ClusterReadable { get; init; }

    /// <summary>Longest key in bytes of UTF-8; null where there is no limit that matters.</summary>
    public int? MaxKeyBytes { get; init; }

    /// <summary>Longest part of a key between two slashes, in bytes of UTF-8; null where there is no limit but the key's.</summary>
    public int? MaxSegmentBytes { get; init; }

    /// <summary>
    /// Characters that no key can hold here; such a key is an <see cref="StoreErrorKind.InvalidArgument"/>. Empty for none.
    /// </summary>
    public string ForbiddenCharacters { get; init; } = string.Empty;

    /// <summary>
    /// Whether no part of a key between two slashes can end with a dot; such a key is an <see cref="StoreErrorKind.InvalidArgument"/>.
    /// </summary>
    public bool FinalDotsForbidden { get; init; }

    /// <summary>
    /// Whether an object cannot also be a prefix, as in a file system: with <c>a </c> stored, <c>a/b </c> is an
    /// <see cref="StoreErrorKind.InvalidArgument"/>.
    /// </summary>
    public bool ObjectsAreDirectoryLeaves { get; init; }

    /// <summary>Largest object in bytes; null where there is no limit that matters.</summary>
    public long? MaxObjectBytes { get; init; }
}
