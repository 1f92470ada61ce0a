using System.Formats.Tar;
using System.Security.Cryptography;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.StateStore.Bundles.Age;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using ZstdSharp;

namespace Kops.StateStore.Bundles;

/// <summary>
/// Unpacks a bundle into a state store. It is read twice: first every file is checked against its digest, and nothing is written; then,
/// while the cluster's record is held, each file is checked once more and written. Objects, keys and generated files are one change, which
/// is made or not; backups, of which there may be any number, come before it, and a refusal takes them away again. Everything goes to kOps'
/// default places below the cluster's own directory, and the paths in the spec say so.
/// </summary>
public sealed class BundleReader(ClusterStore target)
{
    /// <summary>Files up to this length are held in memory; larger ones go through a temporary file.</summary>
    private const int SmallBytes = 8 << 20;

    /// <summary>So many files that are no keys and no objects are part of the change. More would make its record large.</summary>
    private const int MaxRecorded = 2000;

    /// <summary>Unpacks it.</summary>
    /// <param name="input">The bundle. One that can be read once only, such as a pipe, goes through a temporary file.</param>
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
        if (input.CanSeek)
            return await ReadTwiceAsync(input, key, dryRun, meter, cancellationToken).ConfigureAwait(false);
        var kept = TemporaryCopy.Open();
        await using (kept.ConfigureAwait(false))
        {
            await input.CopyToAsync(kept, cancellationToken).ConfigureAwait(false);
            kept.Position = 0;
            return await ReadTwiceAsync(kept, key, dryRun, meter, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> ReadTwiceAsync(
        Stream bundle,
        AgeKey? key,
        bool dryRun,
        TransferMeter meter,
        CancellationToken cancellationToken
    )
    {
        var start = bundle.Position;
        var contents = await ReadAsync(
                bundle,
                key,
                (tar, token) =>
                    BundleContents.CheckAsync(
                        tar,
                        async (cluster, stop) =>
                        {
                            if (!dryRun && await target.LayoutOf(cluster).Config.StatAsync(stop).ConfigureAwait(false) is not null)
                                throw AlreadyThere(cluster);
                        },
                        length =>
                        {
                            meter.See(length);
                            if (dryRun)
                                meter.Copy(length);
                        },
                        token
                    ),
                cancellationToken
            )
            .ConfigureAwait(false);
        meter.EndListing(true);
        await CheckPlacesAsync(contents, cancellationToken).ConfigureAwait(false);
        if (dryRun)
            return contents.Manifest.Cluster;
        bundle.Position = start;
        await WriteAsync(bundle, key, contents, meter, cancellationToken).ConfigureAwait(false);
        return contents.Manifest.Cluster;
    }

    /// <summary>Opens the archive and hands it on; whatever is wrong with its layers is said in one way.</summary>
    private static async Task<T> ReadAsync<T>(
        Stream bundle,
        AgeKey? key,
        Func<TarReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var age = key is null ? null : await AgeReader.BeginAsync(bundle, key, cancellationToken).ConfigureAwait(false);
            T result;
            var plain = new DecompressionStream(age ?? bundle, leaveOpen: true);
            await using (plain.ConfigureAwait(false))
            {
                var tar = new TarReader(plain, leaveOpen: true);
                await using (tar.ConfigureAwait(false))
                    result = await read(tar, cancellationToken).ConfigureAwait(false);

                // The frame's own digest stands at its end, behind the end of the archive.
                await plain.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            }

            if (age is not null)
                await age.DisposeAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception damaged) when (damaged is ZstdException or InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the bundle is damaged, or encrypted and no key was given ({damaged.Message}); no cluster was made",
                damaged
            );
        }
    }

    private async Task WriteAsync(
        Stream bundle,
        AgeKey? key,
        BundleContents contents,
        TransferMeter meter,
        CancellationToken cancellationToken
    )
    {
        var cluster = contents.Manifest.Cluster;
        var layout = target.LayoutOf(cluster);
        var hold = await target.HoldAsync(cluster, $"state import {cluster}", cancellationToken, streams: true).ConfigureAwait(false);
        await using (hold.ConfigureAwait(false))
        {
            await target.CheckNotMovedAsync(cluster, cancellationToken).ConfigureAwait(false);
            if (await layout.Config.StatAsync(cancellationToken).ConfigureAwait(false) is not null)
                throw AlreadyThere(cluster);
            var streamed = new StreamedFiles(hold);
            try
            {
                var changes = new ChangeSetBuilder(layout, $"imported from {contents.Manifest.Origin}");
                changes.Write(StoredFile.Absent(layout.Config), Rewritten(contents, layout, contents.Config));
                var records = new List<(string Name, byte[] Bytes)>();
                await ReadAsync(
                        bundle,
                        key,
                        async (tar, token) =>
                        {
                            await UnpackAsync(tar, contents, layout, changes, records, streamed, meter, token).ConfigureAwait(false);
                            return true;
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                await TakeInAsync(contents, layout, records, streamed, cancellationToken).ConfigureAwait(false);
                if (await hold.ApplyAsync(changes.Build(), cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict conflict)
                    throw InTheWay(conflict.Files[0].Path);
            }
            catch (Exception)
            {
                await streamed.TakeBackAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Takes in the history, whose contents are there by now.</summary>
    private async Task TakeInAsync(
        BundleContents contents,
        ClusterLayout layout,
        IReadOnlyList<(string Name, byte[] Bytes)> records,
        StreamedFiles streamed,
        CancellationToken cancellationToken
    )
    {
        var (cluster, history) = (contents.Manifest.Cluster, target.History);
        var arrival = new HistoryArrival(history, cluster, contents.Manifest.Store, config => TryRewrite(contents, layout, config))
        {
            Write = async (path, bytes, _, token) =>
            {
                if (!await streamed.WriteAsync(path, bytes, token).ConfigureAwait(false))
                    throw InTheWay(path);
            },
        };
        var numbers = await arrival.NumberAsync(contents.History, cancellationToken).ConfigureAwait(false);
        var missing = numbers.Missing.ToHashSet();
        await FanOut
            .SelectAsync(
                records,
                async (file, token) =>
                {
                    var (change, record) = BundledHistory.Read(cluster, file.Name, file.Bytes);
                    if (missing.Contains(change))
                        await arrival
                            .WriteAsync(record, numbers, (sha, stop) => history.Journal.Contents.FindAsync(cluster, sha, stop), token)
                            .ConfigureAwait(false);
                    return true;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task UnpackAsync(
        TarReader tar,
        BundleContents contents,
        ClusterLayout layout,
        ChangeSetBuilder changes,
        List<(string Name, byte[] Bytes)> records,
        StreamedFiles streamed,
        TransferMeter meter,
        CancellationToken cancellationToken
    )
    {
        var (recorded, paths) = (0, new HashSet<string>(StringComparer.Ordinal) { layout.Config.ToString() });
        var options = new ParallelOptions { MaxDegreeOfParallelism = VfsReading.DefaultConcurrency, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                FilesAsync(),
                options,
                async (entry, token) =>
                {
                    await using (entry.File.ConfigureAwait(false))
                    {
                        if (!await streamed.WriteAsync(entry.Path, entry.File, token).ConfigureAwait(false))
                            throw InTheWay(entry.Path);
                        if (!BundledHistory.Holds(entry.File.Name))
                            meter.Copy(entry.File.Length);
                    }
                }
            )
            .ConfigureAwait(false);

        // Those of the change are gathered on the way, by the one who reads.
        async IAsyncEnumerable<(VfsPath Path, BundleFile File)> FilesAsync()
        {
            await foreach (var file in contents.FilesAsync(tar, SmallBytes, cancellationToken).ConfigureAwait(false))
            {
                if (BundledHistory.IsContent(file.Name))
                {
                    yield return (target.History.Journal.Places.Object(layout.Cluster, BundledHistory.DigestOf(file.Name)), file);
                    continue;
                }

                if (BundledHistory.Holds(file.Name))
                {
                    // The oldest come first, after the contents of them all.
                    await using (file.ConfigureAwait(false))
                    {
                        var bytes = await file.ReadAsync(cancellationToken).ConfigureAwait(false);
                        if (BundledHistory.IsRecord(file.Name))
                            records.Add((file.Name, bytes));
                        else
                            changes.Write(
                                await StoredFile
                                    .ReadAsync(BundledHistory.AppliedIn(layout, file.Name), cancellationToken)
                                    .ConfigureAwait(false),
                                bytes
                            );
                    }

                    continue;
                }

                var (place, name) = contents.PlaceOf(file.Name);
                var path = place.TargetIn(layout)!.Join(name);
                if (!paths.Add(path.ToString()))
                    throw BundleContents.Damaged($"two of its files belong to {path}");
                var isSecret = place.HoldsSecret(name);
                if (file.IsInMemory && !place.HoldsBackup(name) && (isSecret || place.HoldsObject(name) || recorded++ < MaxRecorded))
                {
                    changes.Write(StoredFile.Absent(path), file.Bytes, isSecret ? FileSecrecy.Secret : FileSecrecy.Plain);
                    meter.Copy(file.Length);
                }
                else
                {
                    yield return (path, file);
                }
            }
        }
    }

    /// <summary>Rewrites an older Cluster object; one that cannot be read stays as it is.</summary>
    private static ReadOnlyMemory<byte> TryRewrite(BundleContents contents, ClusterLayout layout, ReadOnlyMemory<byte> config)
    {
        try
        {
            return Rewritten(contents, layout, config);
        }
        catch (InvalidObjectException)
        {
            return config;
        }
    }

    private static ReadOnlyMemory<byte> Rewritten(BundleContents contents, ClusterLayout layout, ReadOnlyMemory<byte> config)
    {
        var cluster = KopsCodec.DecodeStored<Cluster>(config, "cluster/config of the bundle").Value;
        var places = contents.Manifest.Places.Select(place => (place.Address, place.TargetIn(layout)!.ToString())).ToArray();
        return cluster.Node["spec"] is MappingNode spec && PathRewriting.Apply(spec, places) > 0 ? KopsCodec.Encode(cluster) : config;
    }

    /// <summary>
    /// An archive brings along all places that its spec names, and is unpacked below the cluster's directory. A spec that names any other
    /// one reaches for somebody else's: another cluster's keys, or files of this machine.
    /// </summary>
    private async Task CheckPlacesAsync(BundleContents contents, CancellationToken cancellationToken)
    {
        if (contents.Manifest.Places.FirstOrDefault(place => !place.IsKnown) is { } unknown)
            throw BundleContents.Damaged($"it has a directory {PlainText.Of(unknown.Directory)}, which no cluster has");
        var layout = target.LayoutOf(contents.Manifest.Cluster);
        var config = Rewritten(contents, layout, contents.Config);
        var own = target.Root.Join(contents.Manifest.Cluster);
        var rewritten = target.LayoutOf(
            contents.Manifest.Cluster,
            KopsCodec.DecodeStored<Cluster>(config, "cluster/config of the bundle").Value
        );
        var shared = await SharedPlaces.FindNamedAsync(rewritten, cancellationToken).ConfigureAwait(false);
        foreach (var place in rewritten.Places)
        {
            // What is published for the issuer of tokens lies wherever it is read, and is made anew.
            var mayBeElsewhere = place.Role is ClusterPlaceRole.Discovery && !shared.Any(other => other.Mine.Path.IsSamePlace(place.Path));
            if (!mayBeElsewhere && !place.Path.IsSamePlace(own) && place.Path.RelativeTo(own) is null)
                throw BundleContents.Damaged(
                    $"its spec names {PlainText.Of(place.Path.ToString())} as {place.Name}, of which it has no files"
                );
        }
    }

    private StateStoreException AlreadyThere(string cluster) =>
        new(StateErrorKind.AlreadyExists, $"cluster \"{cluster}\" is in {target.Root} already; nothing was changed");

    private static StateStoreException InTheWay(VfsPath path) =>
        new(StateErrorKind.AlreadyExists, $"{path} stands there already; move it away, or import into another store. Nothing was imported");
}
