using Renci.SshNet;
using Renci.SshNet.Sftp;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>An object as it was found.</summary>
/// <param name="Info">What readers are told.</param>
/// <param name="Content">The whole content of a small object; null for a large one.</param>
/// <param name="File">The file of a large one, open at its start.</param>
/// <param name="Client">The connection on which it is open.</param>
internal sealed record OpenedObject(ObjectInfo Info, ReadOnlyMemory<byte>? Content, SftpFileStream? File, SftpClient? Client)
    : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (File is not null)
            await SftpContentStream.CloseAsync(File).ConfigureAwait(false);
    }
}
