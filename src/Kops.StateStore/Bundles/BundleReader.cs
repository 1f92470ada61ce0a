using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using ZstdSharp;

namespace Kops.StateStore.Bundles;

/// <summary>
/// Unpacks a bundle into a state store. Everything goes to kOps' default places below the cluster's own directory, and the paths in the
/// spec say so. The Cluster object is written last, after every file was checked against its digest: a bundle that is cut off makes no
/// cluster.
/// </summary>
public sealed class BundleReader(ClusterStore target)
{
    /// <summary>Files up to this length are held in memory; larger ones go through a temporary file.</summary>
    private const int SmallBytes = 8 << 20;

    private readonly ConcurrentDictionary<string, string> _sums = new(StringComparer.Ordinal);
    private BundleManifest? _manifest;
    private byte[]? _config;
    private byte[]? _expected;

    /// <summary>Unpacks it.</summary>
    /// <param name="input">The bundle.</param>
    /// <param name="key">What opens it; null for one that is not encrypted.</param>
    /// <param name="dryRun">Whether it is only read and checked.</param>
    /// <param name="meter">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops; the same can be run again.</param>
    /// <returns>The cluster's name.</returns>
    /// <exception cref="StateStoreException">It is no whole bundle; or the cluster, or another file, stands there already.</exception>
    /// <exception cref="AgeException">It is encrypted in another way, altered, or cut.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<string> ImportAsync(
        Stream input,
        AgeKey? key,
        bool dryRun,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(meter);
        try
        {
            var age = key is null ? null : await AgeReader.BeginAsync(input, key, cancellationToken).ConfigureAwait(false);
            var plain = new DecompressionStream(age ?? input, leaveOpen: true);
            await using (plain.ConfigureAwait(false))
            {
                var tar = new TarReader(plain, leaveOpen: true);
                await using (tar.ConfigureAwait(false))
                {
                    var options = new ParallelOptions
                    {
                        MaxDegreeOfParallelism = VfsReading.DefaultConcurrency,
                        CancellationToken = cancellationToken,
                    };
                    await Parallel
                        .ForEachAsync(
                            FilesAsync(tar, dryRun, cancellationToken),
                            options,
                            async (file, token) =>
                            {
                                await using (file.ConfigureAwait(false))
                                {
                                    meter.See(file.Length);
                                    _sums[file.Name] = Convert.ToHexStringLower(file.Sha256);
                                    if (!dryRun)
                                        await WriteAsync(file, token).ConfigureAwait(false);
                                    meter.Copy(file.Length);
                                }
                            }
                        )
                        .ConfigureAwait(false);
                }
            }

            if (age is not null)
                await age.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception damaged) when (damaged is ZstdException or InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the bundle is damaged, or encrypted and no key was given ({damaged.Message}); no cluster was made",
                damaged
            );
        }

        var (manifest, config) = (_manifest, _config);
        if (manifest is null || config is null || _expected is null)
            throw Damaged("its end is missing");
        CheckSums();
        if (!dryRun)
            await RegisterAsync(manifest, config, cancellationToken).ConfigureAwait(false);
        return manifest.Cluster;
    }

    private static StateStoreException Damaged(string why) =>
        new(StateErrorKind.Invalid, $"the bundle is damaged: {why}; no cluster was made");

    /// <summary>The files that are written as they come; the others are kept aside.</summary>
    private async IAsyncEnumerable<BundleFile> FilesAsync(
        TarReader tar,
        bool dryRun,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            var file = await BundleFile
                .ReadAsync(entry.Name, entry.DataStream ?? Stream.Null, entry.Length, SmallBytes, cancellationToken)
                .ConfigureAwait(false);
            if (file.Name == BundleManifest.SumsName)
            {
                _expected = file.Bytes;
                continue;
            }

            if (file.Name == BundleManifest.Name)
            {
                _manifest = BundleManifest.Read(file.Bytes);
                if (
                    !dryRun
                    && await target.LayoutOf(_manifest.Cluster).Config.StatAsync(cancellationToken).ConfigureAwait(false) is not null
                )
                    throw new StateStoreException(
                        StateErrorKind.AlreadyExists,
                        $"cluster \"{_manifest.Cluster}\" is in {target.Root} already; nothing was changed"
                    );
            }
            else if (_manifest is null)
            {
                throw Damaged($"it does not begin with {BundleManifest.Name}; it may be no bundle at all");
            }
            else if (file.Name != "cluster/config")
            {
                yield return file;
                continue;
            }
            else
            {
                _config = file.Bytes;
            }

            _sums[file.Name] = Convert.ToHexStringLower(file.Sha256);
        }
    }

    private async Task WriteAsync(BundleFile file, CancellationToken cancellationToken)
    {
        var place = _manifest!.Places.FirstOrDefault(place => file.Name.StartsWith(place.Directory, StringComparison.Ordinal));
        if (place?.TargetIn(target.LayoutOf(_manifest.Cluster)) is not { } directory)
            throw Damaged($"{file.Name} is in none of its places");
        var path = directory.Join(file.Name[place.Directory.Length..]);
        if ((await path.WriteAsync(file.Body(), WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false)).Succeeded)
            return;

        // An import that stopped is run again: what it wrote is there already.
        if (
            await ContentComparison.HashAsync(path, HashAlgorithmName.SHA256, cancellationToken).ConfigureAwait(false) is { } there
            && there.AsSpan().SequenceEqual(file.Sha256)
        )
            return;
        throw new StateStoreException(
            StateErrorKind.AlreadyExists,
            $"{path} stands there already with other content; move it away, or import into another store"
        );
    }

    private void CheckSums()
    {
        var lines = Encoding.UTF8.GetString(_expected!).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            var parts = line.Split("  ", 2);
            if (parts.Length != 2 || !_sums.TryGetValue(parts[1], out var sum) || sum != parts[0])
                throw Damaged($"{parts[^1]} is missing, or not what was exported");
        }

        if (lines.Length != _sums.Count)
            throw Damaged($"it holds files that {BundleManifest.SumsName} does not name");
    }

    private async Task RegisterAsync(BundleManifest manifest, byte[] config, CancellationToken cancellationToken)
    {
        var layout = target.LayoutOf(manifest.Cluster);
        var cluster = KopsCodec.DecodeStored<Cluster>(config, "cluster/config of the bundle").Value;
        var places = manifest
            .Places.Select(place =>
                (place.Address, place.TargetIn(layout)?.ToString() ?? throw Damaged($"it has an unknown place {place.Directory}"))
            )
            .ToArray();
        var content =
            cluster.Node["spec"] is MappingNode spec && PathRewriting.Apply(spec, places) > 0 ? KopsCodec.Encode(cluster) : config;
        var changes = new ChangeSetBuilder(manifest.Cluster, $"state import {manifest.Cluster}")
            .Write(StoredFile.Absent(layout.Config), content)
            .Build();
        if (await target.ApplyAsync(changes, cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict)
            throw new StateStoreException(
                StateErrorKind.AlreadyExists,
                $"somebody else made cluster \"{manifest.Cluster}\" in {target.Root} meanwhile; theirs stays"
            );
    }
}
