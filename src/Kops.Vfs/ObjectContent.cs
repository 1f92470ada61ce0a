using System.Text;

namespace Kops.Vfs;

/// <summary>An object read whole.</summary>
/// <param name="Info">The object, with the version that the content belongs to.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ObjectContent(ObjectInfo Info, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The version to condition a write on.</summary>
    public ObjectVersion Version => Info.Version ?? throw new InvalidOperationException("a read always carries a version");

    /// <summary>The content as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>Reads an opened object to its end and closes it.</summary>
    /// <exception cref="StoreException">Not as much arrived as was promised, or more; or it is too large to be held in memory.</exception>
    public static async ValueTask<ObjectContent> ReadAsync(ObjectReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        await using (reader.ConfigureAwait(false))
        {
            var info = reader.Info;
            if (info.Size > Array.MaxLength)
                throw new StoreException(
                    StoreErrorKind.InvalidArgument,
                    "read",
                    info.Key,
                    $"its {info.Size} bytes are more than can be held in memory"
                );
            if (reader.Content is ReadOnlyMemoryStream { IsReaders: true, Rest: var held } && held.Length == info.Size)
                return new ObjectContent(info, held);
            var bytes = new byte[info.Size];
            var count = await reader
                .Content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            // The end must have been seen: layers check there what arrived.
            if (count < bytes.Length || await reader.Content.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
                throw new StoreException(
                    StoreErrorKind.Corrupt,
                    "read",
                    info.Key,
                    $"not the {info.Size} bytes arrived that were promised; try again",
                    isTransient: true
                );
            return new ObjectContent(info, bytes);
        }
    }
}
