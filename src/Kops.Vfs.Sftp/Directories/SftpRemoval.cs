using Renci.SshNet;
using Renci.SshNet.Common;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>Removes what writers leave behind.</summary>
internal static class SftpRemoval
{
    /// <summary>Removes a file, or a directory with all that is in it; nothing where it is gone.</summary>
    internal static async ValueTask RemoveAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (await SftpDirectory.LookAsync(client, path, cancellationToken).ConfigureAwait(false) is not { } found)
                return;
            if (!found.IsDirectory)
            {
                await client.DeleteFileAsync(path, cancellationToken).ConfigureAwait(false);
                return;
            }

            await foreach (var file in client.ListDirectoryAsync(path, cancellationToken).ConfigureAwait(false))
            {
                if (file.Name is not ("." or ".."))
                    await RemoveAsync(client, $"{path}/{file.Name}", cancellationToken).ConfigureAwait(false);
            }

            await client.DeleteDirectoryAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (SftpPathNotFoundException)
        {
            // Gone is gone.
        }
    }

    /// <summary>Removes a directory if nothing is in it.</summary>
    internal static async ValueTask<bool> TryRemoveDirectoryAsync(SftpClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteDirectoryAsync(path, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SftpException)
        {
            return false;
        }
    }
}
