namespace Kops.Vfs.Setup;

/// <summary>What can be allowed, in no cloud's words.</summary>
public enum StoreRight
{
    /// <summary>Asks in which region a bucket is.</summary>
    Locate,

    /// <summary>Lists names, and is told "not there" rather than "denied".</summary>
    List,

    /// <summary>Asks whether a bucket encrypts by itself.</summary>
    AskEncryption,

    /// <summary>Reads files.</summary>
    Read,

    /// <summary>Writes files, whole or in parts.</summary>
    Write,

    /// <summary>Deletes files.</summary>
    Delete,

    /// <summary>Lists old versions.</summary>
    ListVersions,

    /// <summary>Deletes old versions.</summary>
    DeleteVersions,
}
