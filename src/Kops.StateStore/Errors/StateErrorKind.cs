namespace Kops.StateStore.Errors;

/// <summary>What is wrong with a request on the state, in terms of what the caller can do about it.</summary>
public enum StateErrorKind
{
    /// <summary>A name, or the state that a store holds, is not valid.</summary>
    Invalid,

    /// <summary>The object is not there.</summary>
    NotFound,

    /// <summary>The object is there already.</summary>
    AlreadyExists,

    /// <summary>Writing would drop something that this program does not know: an unknown field, an unknown file.</summary>
    Unknown,

    /// <summary>Another process is applying a change to the cluster, and did not finish in the time to wait.</summary>
    Busy,

    /// <summary>A change was begun and is neither done nor undone; the next command takes it up.</summary>
    Unfinished,

    /// <summary>The cluster has moved to another store, or is on its way to this one, and is not changed here.</summary>
    Moved,
}
