using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Kops.Vfs.Sftp.Connection;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>
/// Files of a server below a directory, and what is asked of them. Each member is one piece of work that may be done again.
/// </summary>
/// <param name="root">The directory: <c>/</c>, <c>.</c> for the user's home, or a path.</param>
/// <param name="connection">The way there.</param>
internal sealed class SftpDirectory(string root, SftpConnection connection)
{
    private const int Tries = 5;

    internal SftpConnection Connection => connection;

    internal SftpErrors Errors => connection.Errors;

    /// <summary>The path of a key on the server; the root's for none.</summary>
    internal string PathOf(string key) =>
        key.Length == 0 ? root
        : root is "/" ? "/" + key
        : $"{root}/{key}";

    /// <summary>What stands at a key; null for nothing.</summary>
    internal static async ValueTask<SftpFileAttributes?> LookAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAttributesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens an object and reads a small one whole, or the ends of a large one.</summary>
    /// <returns>Null where there is no object.</returns>
    internal ValueTask<OpenedObject?> OpenAsync(string operation, string key, CancellationToken cancellationToken) =>
        connection.RunAsync(operation, key, (client, token) => OpenAsync(client, operation, key, token), cancellationToken);

    /// <summary>The same on one connection.</summary>
    internal async ValueTask<OpenedObject?> OpenAsync(SftpClient client, string operation, string key, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var (found, opened) = await TryOpenAsync(client, key, cancellationToken).ConfigureAwait(false);
            if (!found || opened is not null)
                return opened;
        }

        throw new StoreException(
            StoreErrorKind.Unavailable,
            operation,
            Errors.PathOf(key),
            "another program is writing into the file; try again when it has finished",
            isTransient: true
        );
    }

    /// <summary>Makes a directory and those above it. One that is there is one that was made.</summary>
    internal async ValueTask CreateAsync(string operation, string key, CancellationToken cancellationToken)
    {
        await connection
            .RunAsync(
                operation,
                key,
                async (client, token) =>
                {
                    await EnsureAsync(client, key, token).ConfigureAwait(false);
                    return true;
                },
                cancellationToken
            )
            .ConfigureAwait(false);

        async ValueTask EnsureAsync(SftpClient client, string directory, CancellationToken token)
        {
            var path = PathOf(directory);
            if (await LookAsync(client, path, token).ConfigureAwait(false) is { } found)
            {
                if (!found.IsDirectory)
                    throw Errors.InTheWay(operation, key, isDirectory: false);
                return;
            }

            if (directory.Length > 0)
                await EnsureAsync(client, FileNames.ParentOf(directory), token).ConfigureAwait(false);
            else if (path.TrimEnd('/').LastIndexOf('/') is > 0 and var slash)
                await EnsureAboveAsync(client, path[..slash], token).ConfigureAwait(false);
            await MakeAsync(client, path, token).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a directory that its owner alone can look into; nothing where it was there.</summary>
    internal static async ValueTask MakeAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateDirectoryAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpException e) when (e.StatusCode is StatusCode.Failure)
        {
            // Somebody else was quicker; or it cannot be made, which the next request finds out.
            return;
        }

        await Task.Run(() => client.ChangePermissions(path, 700), cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask EnsureAboveAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        if (await LookAsync(client, path, cancellationToken).ConfigureAwait(false) is not null)
            return;
        if (path.LastIndexOf('/') is > 0 and var slash)
            await EnsureAboveAsync(client, path[..slash], cancellationToken).ConfigureAwait(false);
        await MakeAsync(client, path, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(bool Found, OpenedObject? Object)> TryOpenAsync(
        SftpClient client,
        string key,
        CancellationToken cancellationToken
    )
    {
        var path = PathOf(key);
        if (await LookAsync(client, path, cancellationToken).ConfigureAwait(false) is not { IsRegularFile: true } attributes)
            return default;
        SftpFileStream file;
        try
        {
            file = await client.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            return default;
        }

        var kept = false;
        try
        {
            if (attributes.Size <= SftpVersion.HashedBytes)
            {
                // Whatever was read, its hash is its version.
                var content = new byte[SftpVersion.HashedBytes + 1];
                var count = await file.ReadAtLeastAsync(content, content.Length, false, cancellationToken).ConfigureAwait(false);
                if (count > SftpVersion.HashedBytes)
                    return (true, null);
                var bytes = content.AsMemory(0, count);
                return (
                    true,
                    new OpenedObject(
                        new ObjectInfo(key, count, SftpVersion.OfContent(bytes.Span), new DateTimeOffset(attributes.LastWriteTimeUtc)),
                        bytes,
                        null,
                        null
                    )
                );
            }

            var version = await VersionAsync(client, path, file, attributes, cancellationToken).ConfigureAwait(false);
            if (version is null)
                return (true, null);
            file.Seek(0, SeekOrigin.Begin);
            kept = true;
            return (
                true,
                new OpenedObject(
                    new ObjectInfo(key, attributes.Size, version, new DateTimeOffset(attributes.LastWriteTimeUtc)),
                    null,
                    file,
                    client
                )
            );
        }
        finally
        {
            if (!kept)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The version of a large file that nobody else knows of yet.</summary>
    internal static async ValueTask<ObjectVersion> VersionOfLargeAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        var attributes = await client.GetAttributesAsync(path, cancellationToken).ConfigureAwait(false);
        var file = await client.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
            return await VersionAsync(client, path, file, attributes, cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("the file that was just written has changed");
    }

    /// <summary>The version of a large file; null where it was replaced between the look at it and its opening.</summary>
    private static async ValueTask<ObjectVersion?> VersionAsync(
        SftpClient client,
        string path,
        SftpFileStream file,
        SftpFileAttributes attributes,
        CancellationToken cancellationToken
    )
    {
        var ends = new byte[2 * SftpVersion.EndBytes];
        await file.ReadExactlyAsync(ends.AsMemory(0, SftpVersion.EndBytes), cancellationToken).ConfigureAwait(false);
        if (file.Length != attributes.Size)
            return null;
        file.Seek(-SftpVersion.EndBytes, SeekOrigin.End);
        await file.ReadExactlyAsync(ends.AsMemory(SftpVersion.EndBytes), cancellationToken).ConfigureAwait(false);
        var again = await LookAsync(client, path, cancellationToken).ConfigureAwait(false);
        return again?.Size == attributes.Size && again.LastWriteTimeUtc == attributes.LastWriteTimeUtc
            ? SftpVersion.OfLarge(attributes.Size, attributes.LastWriteTimeUtc, ends)
            : null;
    }
}
