using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.SshKeys;

/// <summary>Reads a cluster's SSH public keys.</summary>
public sealed class SshKeyReader
{
    private readonly ClusterLayout _layout;

    /// <summary>A reader for one cluster. Nothing is read yet.</summary>
    public SshKeyReader(ClusterLayout layout) => _layout = layout;

    /// <summary>The keys, by fingerprint.</summary>
    public async Task<IReadOnlyList<SshPublicKey>> ListAsync(CancellationToken cancellationToken = default)
    {
        var paths = new List<VfsPath>();
        await foreach (var entry in _layout.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.IsPrefix)
                paths.Add(entry.Path);
        }

        var files = await FanOut.SelectAsync(paths, StoredFile.ReadAsync, cancellationToken).ConfigureAwait(false);
        return [.. files.Where(file => file.Exists).Select(file => new SshPublicKey(SshPublicKey.IdOfFile(file.Path.Name), file))];
    }
}
