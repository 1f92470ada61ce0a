namespace Kops.Vfs;

/// <summary>What went wrong, in terms of what the caller can do about it.</summary>
public enum StoreErrorKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The bucket, container or root directory is not there. (An absent object is not an error.)</summary>
    StoreNotFound,

    /// <summary>The credentials are missing, wrong or expired.</summary>
    Unauthenticated,

    /// <summary>The credentials are good, but do not allow this.</summary>
    PermissionDenied,

    /// <summary>The path, the key or an option is not one that this store can have.</summary>
    InvalidArgument,

    /// <summary>The store cannot do this at all (see its capabilities).</summary>
    Unsupported,

    /// <summary>The store is throttling or overloaded.</summary>
    Throttled,

    /// <summary>The network, the server or the disk failed for now.</summary>
    Unavailable,

    /// <summary>
    /// The object was replaced while it was being read, so that its rest cannot be had. To read it from the beginning helps.
    /// </summary>
    Replaced,

    /// <summary>No space or quota left.</summary>
    QuotaExceeded,

    /// <summary>The content that arrived is not the content that was sent.</summary>
    Corrupt,

    /// <summary>
    /// Below the path there are objects besides those that were given whose keys no path can name (<see cref="ObjectKey"/>), such as
    /// <c>a//b</c>: another program wrote them, and whoever copies or deletes the tree would pass over them.
    /// </summary>
    UnreachableObjects,
}
