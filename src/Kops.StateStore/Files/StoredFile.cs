using System.Text;
using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>
/// A file as it was read, absence included. It is what changes are computed from, so that applying them can be conditional on it.
/// </summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Version">The version that was read; null when nothing stood there.</param>
/// <param name="Content">The content; null when nothing stood there, or when only the listing was read.</param>
public sealed record StoredFile(VfsPath Path, ObjectVersion? Version, ReadOnlyMemory<byte>? Content)
{
    /// <summary>Specs, manifests, keys: none is nearly as long.</summary>
    internal const int MaxBytes = 64 << 20;

    /// <summary>Whether something stood there.</summary>
    public bool Exists => Version is not null || Content is not null || Size is not null;

    /// <summary>Its length in bytes where that is known.</summary>
    public long? Size { get; init; } = Content?.Length;

    /// <summary>The mark of the write that made it, where the store keeps marks; null for none.</summary>
    public string? Mark { get; init; }

    /// <summary>The content; empty when nothing stood there.</summary>
    public ReadOnlyMemory<byte> Bytes => Content ?? default;

    /// <summary>The content as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>SHA-256 of the content in lower-case hexadecimal digits; null when there is none, or it was not read.</summary>
    public string? Sha256 => Content is { } content ? ContentDigest.Of(content) : null;

    /// <summary>Nothing stands there.</summary>
    public static StoredFile Absent(VfsPath path) => new(path, null, null);

    /// <summary>A row of a listing, whose content is not read.</summary>
    public static StoredFile Listed(VfsPath path, ObjectInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new(path, info.Version, null) { Size = info.Size };
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="StateStoreException">It is longer than anything that describes a cluster.</exception>
    public static async ValueTask<StoredFile> ReadAsync(VfsPath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var found = await BoundedFile
            .ReadAsync(
                path,
                MaxBytes,
                size => new StateStoreException(
                    StateErrorKind.Invalid,
                    $"{PlainText.Of(path.ToString())} has {size} bytes, and nothing that describes a cluster has more than "
                        + $"{MaxBytes >> 20} MiB; look at what it is, and move it away"
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
        return found is null ? Absent(path) : new(path, found.Version, found.Bytes) { Mark = found.Info.Mark };
    }
}
