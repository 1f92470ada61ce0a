namespace Kops.Vfs.Drivers;

/// <summary>Reads whole objects from a driver, as <see cref="VfsPath.ReadAsync"/> does.</summary>
public static class DriverReading
{
    private const int MaxTries = 10;

    /// <summary>Reads an object whole. One that is replaced meanwhile, and cannot be read to its end for that, is begun again.</summary>
    /// <returns>The object; null when there is none.</returns>
    /// <exception cref="StoreException">It could not be read, or others replace it faster than it can be read.</exception>
    public static async ValueTask<ObjectContent?> ReadAsync(this IStoreDriver driver, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(driver);
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await driver.OpenReadAsync(key, cancellationToken).ConfigureAwait(false) is { } reader
                    ? await ObjectContent.ReadAsync(reader, cancellationToken).ConfigureAwait(false)
                    : null;
            }
            catch (StoreException e) when (e.Kind is StoreErrorKind.Replaced && tries < MaxTries)
            {
                // The next reader sees the new object from its beginning.
            }
        }
    }
}
