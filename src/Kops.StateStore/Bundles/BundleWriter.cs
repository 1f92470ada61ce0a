using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Kops.StateStore.Bundles;

/// <summary>
/// Writes a cluster's files as one archive: tar, compressed with zstd, and encrypted with age where keys are given. <c>zstd -d | tar x</c>
/// (after
/// <c>age -d</c>) unpacks it without this program.
/// </summary>
public static class BundleWriter
{
    private const int SmallBytes = 1 << 20;

    /// <summary>Writes the bundle.</summary>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="history">The history of its store; what it holds of the cluster goes in too.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="withBackups">Whether the backups of etcd go in too; they may be large.</param>
    /// <param name="keys">Who may open it; empty for a bundle that is not encrypted.</param>
    /// <param name="meter">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What stays out, and why, a line for each: files that the cluster no longer uses where others of the same name would be
    /// unpacked; records of its history that are none, and the oldest of very many.</returns>
    /// <exception cref="StateStoreException">The cluster changed meanwhile.</exception>
    /// <exception cref="StoreException">A file could not be read.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        ClusterState state,
        ChangeHistory history,
        Stream output,
        bool withBackups,
        IReadOnlyList<AgeKey> keys,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(meter);
        IReadOnlyList<string> left;
        var age = keys.Count > 0 ? await AgeWriter.BeginAsync(output, keys, cancellationToken).ConfigureAwait(false) : null;
        var compressed = new CompressionStream(age ?? output, level: 9, leaveOpen: true);

        // What no digest of a file covers, such as a time in a header, is covered by the frame's.
        compressed.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        await using (compressed.ConfigureAwait(false))
        {
            var tar = new TarWriter(compressed, TarEntryFormat.Pax, leaveOpen: true);
            await using (tar.ConfigureAwait(false))
                left = await WriteFilesAsync(state, history, tar, withBackups, meter, cancellationToken).ConfigureAwait(false);
        }

        if (age is null)
            return left;
        await using (age.ConfigureAwait(false))
            await age.EndAsync(cancellationToken).ConfigureAwait(false);
        return left;
    }

    private static async Task<IReadOnlyList<string>> WriteFilesAsync(
        ClusterState state,
        ChangeHistory history,
        TarWriter tar,
        bool withBackups,
        TransferMeter meter,
        CancellationToken cancellationToken
    )
    {
        var places = BundlePlace.Of(state);
        var listed = new Dictionary<string, (string Name, VfsPath Path, ObjectInfo Info)>(StringComparer.Ordinal);
        var unused = new List<VfsPath>();
        foreach (var (place, path) in places)
        {
            await foreach (var entry in path.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.Object is not { } info)
                    continue;
                var key = entry.Path.Key[ObjectKey.AsPrefix(path.Key).Length..];
                if (!withBackups && place.HoldsBackup(key))
                    continue;

                // Where the spec names another place for a part, what the cluster's directory still has of it is no longer used. Objects
                // are in that directory alone.
                var target = place.TargetIn(state.Layout)!.Join(key).ToString();
                if (listed.TryGetValue(target, out var other))
                    unused.Add(IsObject(key) ? entry.Path : other.Path);
                if (other.Path is null || !IsObject(key))
                    listed[target] = (place.Directory + key, entry.Path, info);
            }
        }

        var files = listed.Values.ToList();
        foreach (var (_, _, info) in files)
            meter.See(info.Size);
        meter.EndListing(true);
        var sums = new StringBuilder();
        await AddAsync(
                tar,
                BundleManifest.Name,
                new BundleManifest(state.Name, [.. places.Select(pair => pair.Place)]).Write(),
                DateTimeOffset.UnixEpoch,
                sums,
                cancellationToken
            )
            .ConfigureAwait(false);
        var small = files.Where(file => file.Info.Size <= SmallBytes).ToArray();
        var at = 0;
        await foreach (var read in small.Select(file => file.Path).ReadAllAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var (name, path, info) = small[at++];
            if (read.ContentOrThrow is not { } content)
                throw Changed(path);
            if (path.Equals(state.Layout.Config) && content.Version != state.Cluster.File.Version)
                throw Changed(path);
            await AddAsync(tar, name, content.Bytes, info.LastModified, sums, cancellationToken).ConfigureAwait(false);
            meter.Copy(info.Size);
        }

        foreach (var (name, path, info) in files.Where(file => file.Info.Size > SmallBytes))
        {
            var reader = await path.OpenReadAsync(cancellationToken).ConfigureAwait(false) ?? throw Changed(path);
            await using (reader.ConfigureAwait(false))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var hashed = new HashingStream(reader.Content, hash);
                await WriteEntryAsync(tar, name, new SizedStream(hashed, reader.Info.Size), info.LastModified, cancellationToken)
                    .ConfigureAwait(false);
                Note(sums, name, hash.GetHashAndReset());
            }

            meter.Copy(info.Size);
        }

        var left = await BundledHistory
            .WriteAsync(
                history,
                state.Layout,
                withBackups,
                (name, content) => AddAsync(tar, name, content, DateTimeOffset.UnixEpoch, sums, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await WriteEntryAsync(
                tar,
                BundleManifest.SumsName,
                new MemoryStream(Encoding.UTF8.GetBytes(sums.ToString())),
                DateTimeOffset.UnixEpoch,
                cancellationToken
            )
            .ConfigureAwait(false);
        return
        [
            .. unused.Select(path => $"{path} stays out of the archive: the cluster keeps another file of that name elsewhere"),
            .. left.Select(path => $"{path} stays out of the archive: it is no record of a change, or there are too many newer ones"),
        ];
    }

    private static bool IsObject(string key) => key is "config" || key.StartsWith("instancegroup/", StringComparison.Ordinal);

    private static StateStoreException Changed(VfsPath path) =>
        new(StateErrorKind.Busy, $"{path} changed while the cluster was being exported; run the command again");

    private static async Task AddAsync(
        TarWriter tar,
        string name,
        ReadOnlyMemory<byte> content,
        DateTimeOffset time,
        StringBuilder sums,
        CancellationToken cancellationToken
    )
    {
        await WriteEntryAsync(tar, name, new MemoryStream(content.ToArray()), time, cancellationToken).ConfigureAwait(false);
        Note(sums, name, SHA256.HashData(content.Span));
    }

    private static async Task WriteEntryAsync(
        TarWriter tar,
        string name,
        Stream content,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        await using (content.ConfigureAwait(false))
        {
            var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                ModificationTime = time,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            await tar.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Note(StringBuilder sums, string name, byte[] hash) =>
        sums.Append(Convert.ToHexStringLower(hash)).Append("  ").Append(name).Append('\n');
}
