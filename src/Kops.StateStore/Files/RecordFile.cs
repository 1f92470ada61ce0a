using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>Reads the files that this program itself writes beside clusters, which are small: one that is not is none of them.</summary>
internal static class RecordFile
{
    public const int MaxBytes = 32 << 20;

    /// <summary>Reads a record; null when there is none.</summary>
    /// <exception cref="StateStoreException">It is larger than any record.</exception>
    public static async Task<ObjectContent?> ReadAsync(VfsPath path, CancellationToken cancellationToken) =>
        await BoundedFile
            .ReadAsync(
                path,
                MaxBytes,
                size => new StateStoreException(
                    StateErrorKind.Invalid,
                    $"{PlainText.Of(path.ToString())} has {size} bytes, which no record has; move it out of the store to go on without it"
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
}
