namespace Kops.Vfs.Drivers;

/// <summary>A driver whose server deletes many objects with one request.</summary>
public interface IBatchDelete
{
    /// <summary>Deletes objects, without conditions. What is not there counts as deleted.</summary>
    /// <returns>One error for each key that could not be deleted; empty when all are gone.</returns>
    /// <exception cref="StoreException">A whole request failed; some keys may have been deleted.</exception>
    ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);
}
