using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>Reads the files that this program itself writes beside clusters, which are small: one that is not is none of them.</summary>
internal static class RecordFile
{
    public const int MaxBytes = 32 << 20;

    /// <summary>Reads a record; null when there is none. One that was given up is empty (<see cref="GiveUpAsync"/>).</summary>
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

    /// <summary>
    /// Gives a record up. Where a deletion has no condition, one that comes late would take away what another has written since: there the
    /// record is replaced by an empty one, which is nobody's.
    /// </summary>
    /// <returns>Whether it stood in that version until then.</returns>
    public static async Task<bool> GiveUpAsync(VfsPath path, ObjectVersion version, CancellationToken cancellationToken)
    {
        var unchanged = WriteCondition.IfMatch(version);
        var outcome = path.Store.Capabilities.ConditionalDelete
            ? await path.DeleteAsync(unchanged, cancellationToken).ConfigureAwait(false)
            : await path.WriteAsync(ReadOnlyMemory<byte>.Empty, unchanged, cancellationToken).ConfigureAwait(false);
        return outcome.Result is WriteResult.Done;
    }
}
