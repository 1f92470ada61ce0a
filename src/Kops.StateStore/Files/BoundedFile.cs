using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>
/// Reads files whole that are known never to be long. Others may write there too: one that is longer than any is refused by its length,
/// before it is read.
/// </summary>
internal static class BoundedFile
{
    /// <summary>Reads a file; null when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <param name="tooLong">The error for one that is longer, given its length.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async ValueTask<ObjectContent?> ReadAsync(
        VfsPath path,
        long maxBytes,
        Func<long, Exception> tooLong,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            if (await path.OpenReadAsync(cancellationToken).ConfigureAwait(false) is not { } reader)
                return null;
            if (reader.Info.Size > maxBytes)
            {
                var size = reader.Info.Size;
                await reader.DisposeAsync().ConfigureAwait(false);
                throw tooLong(size);
            }

            try
            {
                return await ObjectContent.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.Kind is StoreErrorKind.Replaced)
            {
                // It was written anew while it was being read.
            }
        }
    }
}
