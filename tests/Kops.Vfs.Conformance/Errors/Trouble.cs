namespace Kops.Vfs.Conformance.Errors;

/// <summary>What can be wrong with a store, or with the user's access to it.</summary>
public enum Trouble
{
    /// <summary>The bucket, container or whatever holds the objects is not there.</summary>
    NoSuchStore,

    /// <summary>The server does not know who asks.</summary>
    UnknownUser,

    /// <summary>The secret is not the user's. It is <c>StoreErrors.WrongSecret</c>.</summary>
    WrongSecret,

    /// <summary>The user may do nothing here.</summary>
    Denied,

    /// <summary>Nobody listens at the address: <c>http://127.0.0.1:1</c>.</summary>
    Unreachable,

    /// <summary>The host does not exist: <c>no-such-host.invalid</c>.</summary>
    UnknownHost,
}
