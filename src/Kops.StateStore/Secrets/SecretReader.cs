using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;

namespace Kops.StateStore.Secrets;

/// <summary>Reads a cluster's secrets.</summary>
public sealed class SecretReader
{
    private readonly ClusterLayout _layout;

    /// <summary>A reader for one cluster. Nothing is read yet.</summary>
    public SecretReader(ClusterLayout layout) => _layout = layout;

    /// <summary>The names, in key order. No secret is read: one listing.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        await foreach (var entry in _layout.SecretStore.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.IsPrefix)
                names.Add(entry.Path.Name);
        }

        return names;
    }

    /// <summary>Reads one secret; null when there is none of that name.</summary>
    /// <exception cref="StateStoreException">Its file is not a secret's.</exception>
    public async Task<Secret?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        var file = await StoredFile.ReadAsync(_layout.Secret(name), cancellationToken).ConfigureAwait(false);
        return file.Exists ? new Secret(name, file, SecretFile.Decode(file.Bytes, file.Path.ToString())) : null;
    }
}
