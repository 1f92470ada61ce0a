namespace Kops.Vfs.Gcs.Server;

/// <summary>Requests whose conditions are ignored.</summary>
[Flags]
public enum IgnoredConditions
{
    /// <summary>None: as the service.</summary>
    None = 0,

    /// <summary>Uploads in one request.</summary>
    Puts = 1,

    /// <summary>Uploads in chunks.</summary>
    Uploads = 2,

    /// <summary>Copies.</summary>
    Copies = 4,

    /// <summary>Deletes.</summary>
    Deletes = 8,

    /// <summary>All.</summary>
    All = Puts | Uploads | Copies | Deletes,
}
