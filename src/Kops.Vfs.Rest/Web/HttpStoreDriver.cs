using System.Net;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Web;

/// <summary>
/// A directory on the web, of which files can be read. Whole files are held in memory, up to <see cref="HttpStoreOptions.MaxBytes"/>.
/// </summary>
/// <remarks>Versions are ETags; where a server gives none, the SHA-256 of the content. The driver tries again by itself.</remarks>
public sealed class HttpStoreDriver : IStoreDriver
{
    private readonly string _directory;
    private readonly HttpFetch _fetch;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="directory">The address, without a final slash.</param>
    /// <param name="options">How files are read.</param>
    /// <param name="clock">The time.</param>
    public HttpStoreDriver(string directory, HttpStoreOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_directory, _fetch) = (directory, new HttpFetch(options, clock));
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } = new() { Writable = false, ClusterReadable = true };

    /// <inheritdoc/>
    /// <remarks>The whole file is read: servers need not say anything true of a file that they do not send.</remarks>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        (await ReadAsync(key, cancellationToken).ConfigureAwait(false))?.Info;

    /// <inheritdoc/>
    public async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        await ReadAsync(key, cancellationToken).ConfigureAwait(false) is { } content
            ? new ObjectReader(content.Info, await ObjectBody.FromBytes(content.Bytes).OpenAsync(cancellationToken).ConfigureAwait(false))
            : null;

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken) =>
        throw ReadOnly("write", key);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        throw ReadOnly("delete", key);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        throw ReadOnly("list", prefix);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _fetch.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask<ObjectContent?> ReadAsync(string key, CancellationToken cancellationToken) =>
        _fetch.GetAsync(key, $"{_directory}/{key}", cancellationToken);

    private StoreException ReadOnly(string operation, string key) =>
        new(
            StoreErrorKind.Unsupported,
            operation,
            $"{_directory}/{key}",
            "files on the web can be read by their address, and nothing else; keep state in one of the stores of 'docs/state-store.md'"
        );
}
