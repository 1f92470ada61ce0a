using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>
/// Lists directories of a server. A directory is read whole when the listing comes to it, for its names must be sorted; the tree is not.
/// </summary>
internal sealed class SftpListing(SftpDirectory directory, TimeProvider clock)
{
    /// <summary>
    /// No write takes so long: an older draft is that of a writer that died, and may hold keys. Clocks may differ by less than that.
    /// </summary>
    private static readonly TimeSpan DraftLife = TimeSpan.FromDays(1);

    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // What is still to be listed, the next one on top: the rows of each open directory from the last to the first.
        var rows = new Stack<(string Key, SftpFileAttributes Attributes)>();
        await PushAsync(prefix).ConfigureAwait(false);
        while (rows.TryPop(out var row))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!row.Key.EndsWith('/'))
                yield return new ListEntry(
                    row.Key,
                    new ObjectInfo(row.Key, row.Attributes.Size, null, new DateTimeOffset(row.Attributes.LastWriteTimeUtc))
                );
            else if (depth is ListDepth.Tree)
                await PushAsync(row.Key).ConfigureAwait(false);
            else if (await HoldsObjectAsync(row.Key, cancellationToken).ConfigureAwait(false))
                yield return new ListEntry(row.Key, null);
        }

        async ValueTask PushAsync(string key)
        {
            foreach (var row in await ReadAsync(key, cancellationToken).ConfigureAwait(false))
                rows.Push(row);
        }
    }

    /// <summary>Whether there is an object somewhere below. In a store that is in use the first names say so.</summary>
    private async ValueTask<bool> HoldsObjectAsync(string prefix, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(prefix, cancellationToken).ConfigureAwait(false);
        if (rows.Exists(row => !row.Key.EndsWith('/')))
            return true;
        foreach (var (key, _) in rows)
        {
            if (await HoldsObjectAsync(key, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    /// <summary>The objects and directories in a directory, the last first; none where it is gone.</summary>
    private ValueTask<List<(string Key, SftpFileAttributes Attributes)>> ReadAsync(string prefix, CancellationToken cancellationToken) =>
        directory.Connection.RunAsync(
            "list",
            prefix.TrimEnd('/'),
            async (client, token) =>
            {
                var rows = new List<(string Key, SftpFileAttributes Attributes)>();
                var drafts = new List<string>();
                try
                {
                    await foreach (
                        var file in client.ListDirectoryAsync(directory.PathOf(prefix.TrimEnd('/')), token).ConfigureAwait(false)
                    )
                    {
                        if (file.Name is "." or "..")
                            continue;
                        if (FileNames.IsTemporary(file.Name))
                        {
                            if (clock.GetUtcNow() - new DateTimeOffset(file.Attributes.LastWriteTimeUtc) > DraftLife)
                                drafts.Add(file.Name);
                            continue;
                        }

                        if (file.Attributes.IsRegularFile)
                            rows.Add((prefix + file.Name, file.Attributes));
                        else if (file.Attributes.IsDirectory)
                            rows.Add(($"{prefix}{file.Name}/", file.Attributes));
                    }
                }
                catch (SftpPathNotFoundException)
                {
                    return [];
                }
                catch (SftpException e) when (e.StatusCode is StatusCode.Failure)
                {
                    // A file stands there: no key is below it.
                    if (
                        await SftpDirectory.LookAsync(client, directory.PathOf(prefix.TrimEnd('/')), token).ConfigureAwait(false) is
                        { IsDirectory: true }
                    )
                        throw;
                    return [];
                }

                foreach (var draft in drafts)
                    await SweepAsync(client, ObjectKey.Join(prefix.TrimEnd('/'), draft), token).ConfigureAwait(false);
                rows.Sort(static (a, b) => ObjectKey.Compare(b.Key, a.Key));
                return rows;
            },
            cancellationToken
        );

    /// <summary>Removes what a dead writer left; whoever may not, leaves it to the next one.</summary>
    private async ValueTask SweepAsync(SftpClient client, string key, CancellationToken cancellationToken)
    {
        try
        {
            await SftpRemoval.RemoveAsync(client, directory.PathOf(key), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is SftpException or SftpPermissionDeniedException)
        {
            // See above.
        }
    }
}
