using Kops.Api;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Keysets;

/// <summary>Reads a cluster's keysets.</summary>
public sealed class KeysetReader
{
    /// <summary>The names under which kOps before 1.19 and 1.22 kept two of them.</summary>
    private static readonly Dictionary<string, string> LegacyNames = new(StringComparer.Ordinal)
    {
        ["service-account"] = "master",
        ["kubernetes-ca"] = "ca",
    };

    private readonly ClusterLayout _layout;

    /// <summary>A reader for one cluster. Nothing is read yet.</summary>
    public KeysetReader(ClusterLayout layout) => _layout = layout;

    /// <summary>All keysets, in name order: one listing, then the files side by side.</summary>
    public async Task<KeysetListing> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entry in _layout.Keysets.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPrefix)
                found.Add(entry.Path.Name);
        }

        var places = found
            .Where(name => !LegacyNames.ContainsValue(name))
            .Select(name => (Name: name, Directory: name))
            .Concat(
                LegacyNames
                    .Where(pair => found.Contains(pair.Value) && !found.Contains(pair.Key))
                    .Select(pair => (Name: pair.Key, Directory: pair.Value))
            )
            .OrderBy(place => place.Name, StringComparer.Ordinal)
            .ToArray();
        var read = await FanOut
            .SelectAsync(places, (place, token) => TryReadAsync(place.Name, place.Directory, token), cancellationToken)
            .ConfigureAwait(false);
        return new KeysetListing(
            [.. read.Select(pair => pair.Found).OfType<StoredKeyset>()],
            [.. read.Select(pair => pair.Error).OfType<UnreadableObject>()]
        );
    }

    /// <summary>Reads one keyset; null when there is none of that name.</summary>
    /// <exception cref="InvalidObjectException">Its file is no Keyset.</exception>
    /// <exception cref="StateStoreException">A key in it cannot be read.</exception>
    public async Task<StoredKeyset?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        var file = await StoredFile.ReadAsync(_layout.Keyset(name), cancellationToken).ConfigureAwait(false);
        if (file.Exists)
            return KeysetFile.Decode(name, file, isLegacy: false);
        if (!LegacyNames.TryGetValue(name, out var legacy))
            return null;
        file = await StoredFile.ReadAsync(_layout.Keyset(legacy), cancellationToken).ConfigureAwait(false);
        return file.Exists ? KeysetFile.Decode(name, file, isLegacy: true) : null;
    }

    private async ValueTask<(StoredKeyset? Found, UnreadableObject? Error)> TryReadAsync(
        string name,
        string directory,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var file = await StoredFile.ReadAsync(_layout.Keyset(directory), cancellationToken).ConfigureAwait(false);
            return (file.Exists ? KeysetFile.Decode(name, file, directory != name) : null, null);
        }
        catch (Exception error) when (error is StoreException or InvalidObjectException or StateStoreException)
        {
            return (null, new UnreadableObject(name, error));
        }
    }
}
