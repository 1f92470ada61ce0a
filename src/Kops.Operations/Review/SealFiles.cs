using System.Globalization;
using Kops.Operations.Files;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Review;
using Kops.Vfs;

namespace Kops.Operations.Review;

/// <summary>
/// Keeps keys and secrets of clusters beside what is reviewed, each encrypted with age. They are for keeping: nothing is pushed from them.
/// </summary>
public static class SealFiles
{
    /// <summary>Of a file in the record: it is sealed for somebody else than the others.</summary>
    private const string Unknown = "";

    /// <summary>
    /// Writes those that are new or were changed, or all where somebody else shall open them. A stop at any moment is made good by the next
    /// pull: the key that opens them comes first, then the record, which knows of no file for it, and at the end the record that knows of
    /// all.
    /// </summary>
    /// <returns>Null where there is nobody to seal for.</returns>
    /// <exception cref="StateStoreException">The directory cannot be written.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<SealedFiles?> RunAsync(PulledClusters pulled, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pulled);
        var (directory, sealing) = (pulled.Directory, pulled.Sealing);
        if (sealing.Keys.Count == 0)
            return null;
        var record = directory.ReadRecord()!;
        var before = record.SealingKey;
        if (sealing.KeyFile is { } file)
            directory.Write(SealingKey.FileName, file);
        if (before != sealing.Key || !record.Recipients.SequenceEqual(sealing.Recipients))
        {
            record = record with
            {
                Recipients = sealing.Recipients,
                SealingKey = sealing.Key,
                Sealed = record.Sealed.ToDictionary(name => name.Key, _ => Unknown, StringComparer.Ordinal),
            };
            pulled.Pull.Save(record);
        }

        var (written, found) = await WriteAsync(pulled, record, cancellationToken).ConfigureAwait(false);
        Remove(pulled, record, found);
        if (
            sealing.Key is null
            && before is not null
            && directory.Read(SealingKey.FileName) is { } old
            && ReviewDirectory.Digest(old) == before.Digest
        )
            directory.Delete(SealingKey.FileName);
        pulled.Pull.Save(record with { Sealed = found });
        return new SealedFiles(written, found.Count)
        {
            MadeKeyFor = sealing.KeyFile is null ? null : sealing.Key!.Key,
            Stale =
            [
                .. found
                    .Where(each => each.Value == Unknown)
                    .Select(each => each.Key[..each.Key.IndexOf('/', StringComparison.Ordinal)])
                    .Distinct(),
            ],
        };
    }

    /// <summary>Writes what is new or was changed; gives all that there is.</summary>
    private static async Task<(int Written, Dictionary<string, string> Found)> WriteAsync(
        PulledClusters pulled,
        PullRecord record,
        CancellationToken cancellationToken
    )
    {
        var (written, found) = (0, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (state, place, under) in pulled.Clusters.SelectMany(Places))
        {
            await foreach (var entry in place.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                var name = $"{state.Name}/sealed/{under}/{StateFiles.NameBelow(entry.Path, place)}.age";
                found[name] = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{entry.Object!.LastModified.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {entry.Object.Size}"
                );
                if (record.Sealed.GetValueOrDefault(name) == found[name] && pulled.Directory.Read(name) is not null)
                    continue;
                if (await entry.Path.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } content)
                    continue;
                pulled.Directory.Write(name, await SealAsync(content.Bytes, pulled.Sealing.Keys, cancellationToken).ConfigureAwait(false));
                written++;
            }
        }

        return (written, found);
    }

    /// <summary>Removes what is gone from the store, and keeps in mind what belongs to clusters that were not pulled.</summary>
    private static void Remove(PulledClusters pulled, PullRecord record, Dictionary<string, string> found)
    {
        foreach (var gone in record.Sealed.Keys.Where(name => !found.ContainsKey(name)).ToList())
        {
            if (pulled.Clusters.Any(state => gone.StartsWith(state.Name + "/", StringComparison.Ordinal)))
                pulled.Directory.Delete(gone);
            else
                found[gone] = record.Sealed[gone];
        }
    }

    private static IEnumerable<(ClusterState State, VfsPath Place, string Under)> Places(ClusterState state) =>
        [(state, state.Layout.Keysets, "private"), (state, state.Layout.SecretStore, "secrets")];

    private static async Task<ReadOnlyMemory<byte>> SealAsync(
        ReadOnlyMemory<byte> content,
        IReadOnlyList<AgeKey> keys,
        CancellationToken cancellationToken
    )
    {
        using var sealedContent = new MemoryStream();
        var writer = await AgeWriter.BeginAsync(sealedContent, keys, cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            await writer.EndAsync(cancellationToken).ConfigureAwait(false);
        }

        return sealedContent.ToArray();
    }
}
