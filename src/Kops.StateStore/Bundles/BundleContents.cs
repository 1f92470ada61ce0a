using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Bundles;

/// <summary>What a bundle holds, once all of it was read and every file was found to be what its digest says.</summary>
internal sealed class BundleContents
{
    /// <summary>The Cluster object of a bundle.</summary>
    private const string ConfigName = "cluster/config";

    /// <summary>The manifest and the Cluster object are small; digests of a million files are not larger than the other.</summary>
    private const long MaxObjectBytes = 16 << 20;
    private const long MaxSumsBytes = 512 << 20;

    private readonly Dictionary<string, byte[]> _digests = new(StringComparer.Ordinal);
    private BundleManifest? _manifest;
    private byte[]? _config;
    private readonly List<ChangeReference> _history = [];
    private long _historyBytes;

    private BundleContents() { }

    /// <summary>Whose files they are.</summary>
    public BundleManifest Manifest => _manifest!;

    /// <summary>The Cluster object.</summary>
    public byte[] Config => _config!;

    /// <summary>The changes that it holds the records of, newest first.</summary>
    public IReadOnlyList<ChangeReference> History => _history;

    /// <summary>Reads a bundle to its end, and checks it.</summary>
    /// <param name="tar">The archive.</param>
    /// <param name="begin">Is told the cluster's name, as soon as it is known.</param>
    /// <param name="see">Is told the length of each file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StateStoreException">It is no whole bundle.</exception>
    public static async Task<BundleContents> CheckAsync(
        TarReader tar,
        Func<string, CancellationToken, Task> begin,
        Action<long> see,
        CancellationToken cancellationToken
    )
    {
        var contents = new BundleContents();
        byte[]? sums = null;
        await foreach (var entry in EntriesAsync(tar, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Name == BundleManifest.SumsName)
            {
                sums = await BytesAsync(entry, MaxSumsBytes, cancellationToken).ConfigureAwait(false);
                continue;
            }

            byte[] digest;
            if (entry.Name is BundleManifest.Name or ConfigName)
            {
                var bytes = await BytesAsync(entry, MaxObjectBytes, cancellationToken).ConfigureAwait(false);
                digest = SHA256.HashData(bytes);
                if (entry.Name == ConfigName)
                    contents._config = bytes;
                else
                    contents._manifest ??= BundleManifest.Read(bytes);
            }
            else if (BundledHistory.Holds(entry.Name))
            {
                digest = await contents.CheckHistoryAsync(entry, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                digest = await SHA256.HashDataAsync(entry.DataStream ?? Stream.Null, cancellationToken).ConfigureAwait(false);
                see(entry.Length);
            }

            if (contents._manifest is null)
                throw Damaged($"it does not begin with {BundleManifest.Name}; it may be no bundle at all");
            if (entry.Name == BundleManifest.Name)
                await begin(contents._manifest.Cluster, cancellationToken).ConfigureAwait(false);
            else if (entry.Name != ConfigName && !BundledHistory.Holds(entry.Name))
                contents.PlaceOf(entry.Name);
            if (!contents._digests.TryAdd(entry.Name, digest))
                throw Damaged($"{entry.Name} stands in it twice");
        }

        if (contents._manifest is null || contents._config is null || sums is null)
            throw Damaged("its end is missing");
        contents.CheckSums(sums);
        contents._history.Sort(static (a, b) => StringComparer.Ordinal.Compare(a.FileName, b.FileName));
        return contents;
    }

    /// <summary>The place that a file belongs to, and its key there.</summary>
    /// <exception cref="StateStoreException">There is none.</exception>
    public (BundlePlace Place, string Key) PlaceOf(string name)
    {
        var place = Manifest.Places.FirstOrDefault(place => place.IsKnown && name.StartsWith(place.Directory, StringComparison.Ordinal));
        if (place is null)
            throw Damaged($"{name} is in none of its places");
        var key = name[place.Directory.Length..];
        return ObjectKey.Validate(key) is { } problem ? throw Damaged($"{name}: {problem}") : (place, key);
    }

    /// <summary>
    /// The files of the bundle but those that speak of it and the Cluster object, on a second reading, each checked again.
    /// </summary>
    /// <exception cref="StateStoreException">The bundle is no longer what was checked.</exception>
    public async IAsyncEnumerable<BundleFile> FilesAsync(
        TarReader tar,
        int smallBytes,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var entry in EntriesAsync(tar, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Name is BundleManifest.Name or BundleManifest.SumsName or ConfigName)
                continue;
            var file = await BundleFile
                .ReadAsync(entry.Name, entry.DataStream ?? Stream.Null, entry.Length, smallBytes, cancellationToken)
                .ConfigureAwait(false);
            if (_digests.Remove(file.Name, out var digest) && digest.AsSpan().SequenceEqual(file.Sha256))
            {
                yield return file;
                continue;
            }

            await file.DisposeAsync().ConfigureAwait(false);
            throw Damaged($"{file.Name} changed while it was being imported");
        }
    }

    private static async IAsyncEnumerable<TarEntry> EntriesAsync(
        TarReader tar,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                yield return entry;
        }
    }

    private static async Task<byte[]> BytesAsync(TarEntry entry, long max, CancellationToken cancellationToken)
    {
        if (entry.Length > max)
            throw Damaged($"{entry.Name} is larger than {max >> 20} MiB");
        var bytes = new byte[entry.Length];
        await (entry.DataStream ?? Stream.Null).ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>Checks a file of the history, and gives its digest.</summary>
    private async Task<byte[]> CheckHistoryAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (_manifest is null)
            throw Damaged($"it does not begin with {BundleManifest.Name}; it may be no bundle at all");
        var bytes = await BytesAsync(entry, StoredFile.MaxBytes, cancellationToken).ConfigureAwait(false);
        var digest = SHA256.HashData(bytes);
        if (BundledHistory.IsRecord(entry.Name) && (_historyBytes += bytes.Length) > BundledHistory.MaxBytes)
            throw Damaged($"the records of its history are longer than {BundledHistory.MaxBytes >> 20} MiB");
        if (BundledHistory.Check(_manifest.Cluster, entry.Name, bytes, digest) is { } change)
            _history.Add(change);
        return digest;
    }

    private void CheckSums(byte[] sums)
    {
        var (count, text) = (0, new StreamReader(new MemoryStream(sums), Encoding.UTF8));
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0)
                continue;
            var parts = line.Split("  ", 2);
            if (parts.Length != 2 || !_digests.TryGetValue(parts[1], out var digest) || Convert.ToHexStringLower(digest) != parts[0])
                throw Damaged($"{parts[^1]} is missing, or not what was exported");
            count++;
        }

        if (count != _digests.Count)
            throw Damaged($"it holds files that {BundleManifest.SumsName} does not name");
    }

    public static StateStoreException Damaged(string why) =>
        new(StateErrorKind.Invalid, $"the bundle is damaged: {why}; no cluster was made");
}
