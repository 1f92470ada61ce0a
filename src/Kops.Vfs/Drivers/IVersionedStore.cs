namespace Kops.Vfs.Drivers;

/// <summary>A driver whose server may keep what was overwritten and deleted.</summary>
public interface IVersionedStore
{
    /// <summary>The versions of one object, newest first; just the current one where the server keeps no others.</summary>
    IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens one version; null when there is none of that id, or it is a deletion.</summary>
    ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken);

    /// <summary>Removes every version of an object, deletions included, for good.</summary>
    /// <returns>How many versions there were.</returns>
    ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken);
}
