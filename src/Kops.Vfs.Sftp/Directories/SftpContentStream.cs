using Kops.Vfs.Drivers;
using Renci.SshNet;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>
/// The content of a large object; where the connection breaks, it is read on in another one, if the object is still the same.
/// </summary>
internal sealed class SftpContentStream(SftpDirectory directory, string key, OpenedObject opened) : ForwardStream
{
    private SftpFileStream? _file = opened.File;
    private SftpClient? _client = opened.Client;
    private long _position;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await directory
            .Connection.RunAsync(
                "read",
                key,
                async (client, token) =>
                {
                    if (_file is null || _client != client)
                        await ReopenAsync(client, token).ConfigureAwait(false);
                    return await _file!.ReadAsync(buffer, token).ConfigureAwait(false);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        _position += count;
        // A file that somebody cut short in place ends too early.
        if (count == 0 && buffer.Length > 0 && _position < opened.Info.Size)
            throw Replaced();
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_file is not null)
            await CloseAsync(_file).ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes a file; where the connection is gone, the server has closed it.</summary>
    internal static async ValueTask CloseAsync(SftpFileStream file)
    {
        try
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nothing was to be written.
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _file is not null)
            CloseAsync(_file).AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private async ValueTask ReopenAsync(SftpClient client, CancellationToken cancellationToken)
    {
        if (_file is not null)
            await CloseAsync(_file).ConfigureAwait(false);
        (_file, _client) = (null, null);
        var again = await directory.OpenAsync(client, "read", key, cancellationToken).ConfigureAwait(false);
        if (again?.Info.Version != opened.Info.Version || again?.File is null)
        {
            if (again is not null)
                await again.DisposeAsync().ConfigureAwait(false);
            throw Replaced();
        }

        again.File.Seek(_position, SeekOrigin.Begin);
        (_file, _client) = (again.File, again.Client);
    }

    private StoreException Replaced() =>
        new(
            StoreErrorKind.Replaced,
            "read",
            directory.Errors.PathOf(key),
            "it was replaced while it was being read; run the command again",
            isTransient: true
        );
}
