using System.Collections.Concurrent;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.History;

/// <summary>
/// Takes in the history of a cluster that comes from another store, while nobody else changes the cluster here. Records name places, not
/// addresses, so they are true here as well; but Cluster objects among the contents are rewritten as the one that arrives is, and versions,
/// which are the other store's, are left out. A change is known by its name: what is here already is not taken in again, and all that
/// arrives together has the same numbers however often it is begun.
/// </summary>
/// <param name="here">The history that takes in.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="from">The store that it comes from, as an address.</param>
/// <param name="rewrite">Rewrites a Cluster object for its new place; gives back what it cannot read.</param>
internal sealed class HistoryArrival(
    ChangeHistory here,
    string cluster,
    string from,
    Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> rewrite
)
{
    private const int MaxSerial = ChangeReference.MaxSerial / 10;

    /// <summary>Writes a file: a content, which may stand there already and is then the same, or a record where none stands.</summary>
    public Func<VfsPath, ReadOnlyMemory<byte>, WriteCondition, CancellationToken, Task> Write { get; init; } =
        static async (path, bytes, condition, cancellationToken) =>
            _ = await path.WriteAsync(bytes, condition, cancellationToken).ConfigureAwait(false);

    private readonly ConcurrentDictionary<string, bool> _kept = new(StringComparer.Ordinal);

    /// <summary>Takes in what another store holds of it.</summary>
    /// <param name="there">The history in the other store. Who adds to it meanwhile is taken in the next time.</param>
    /// <param name="keep">Is called before writing, and throws where the right to write is lost.</param>
    /// <param name="cancellationToken">Stops; the same can be done again.</param>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task<ArrivedHistory> TakeInAsync(
        ChangeHistory there,
        Func<CancellationToken, ValueTask> keep,
        CancellationToken cancellationToken
    )
    {
        var (left, count) = (new ConcurrentBag<string>(), 0);
        var theirs = await there.ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false);
        var numbers = await NumberAsync(theirs, cancellationToken).ConfigureAwait(false);
        foreach (var chunk in numbers.Missing.Chunk(FanOut.Width))
        {
            await keep(cancellationToken).ConfigureAwait(false);
            await FanOut.SelectAsync(chunk, BringAsync, cancellationToken).ConfigureAwait(false);
        }

        return new ArrivedHistory(theirs.Count - numbers.Missing.Count + count, [.. left.Order(StringComparer.Ordinal)]);

        async ValueTask<bool> BringAsync(ChangeReference name, CancellationToken token)
        {
            var path = there.Journal.Places.History(cluster, name.FileName);
            try
            {
                if (await there.ReadAsync(name, token).ConfigureAwait(false) is not { } record)
                    return false;
                if (!IsHistory(record, name))
                    throw new StateStoreException(StateErrorKind.Invalid, $"{path} is not the record that its name says");
                await WriteAsync(record, numbers, (sha, stop) => there.Journal.Contents.FindAsync(cluster, sha, stop), token)
                    .ConfigureAwait(false);
                Interlocked.Increment(ref count);
                return true;
            }
            catch (StateStoreException)
            {
                left.Add(path.ToString());
                return false;
            }
        }
    }

    /// <summary>Whether a record is one of a change that has ended, and bears the name of its file.</summary>
    /// <remarks>One with a number so high that none is left for the changes to come is none.</remarks>
    public static bool IsHistory(ChangeRecord record, ChangeReference name) =>
        record.Outcome is not ChangeOutcome.Pending && record.Reference.FileName == name.FileName && name.Serial <= MaxSerial;

    /// <summary>The numbers that changes have here, those that are still to come among them.</summary>
    /// <param name="theirs">All that arrive together, newest first.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<ArrivalNumbers> NumberAsync(IReadOnlyList<ChangeReference> theirs, CancellationToken cancellationToken) =>
        theirs.Count == 0
            ? ArrivalNumbers.None
            : ArrivalNumbers.Of(theirs, await here.ListNamesAsync(cluster, cancellationToken).ConfigureAwait(false));

    /// <summary>Writes a record, after the contents that it refers to.</summary>
    public async Task WriteAsync(
        ChangeRecord record,
        ArrivalNumbers numbers,
        Func<string?, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> find,
        CancellationToken cancellationToken
    )
    {
        var files = new List<RecordedFile>(record.Files.Count);
        foreach (var file in record.Files)
            files.Add(
                file with
                {
                    BeforeSha256 = await KeepAsync(file, file.BeforeSha256, find, cancellationToken).ConfigureAwait(false),
                    AfterSha256 = await KeepAsync(file, file.AfterSha256, find, cancellationToken).ConfigureAwait(false),
                    BeforeVersion = null,
                    AfterVersion = null,
                    IsConfirmed = false,
                }
            );
        var (places, madeIn) = (here.Journal.Places, record.MadeIn ?? from);
        var arrived = record with
        {
            Serial = numbers[record.Reference],
            Files = files,
            Undoes = numbers.Rename(record.Undoes),
            MadeIn = madeIn == here.Journal.Root.ToString() ? null : madeIn,
            Lease = null,
            Decision = null,
        };
        var path = places.History(cluster, arrived.Reference.FileName);
        await Write(path, ChangeRecordJson.Write(arrived), WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps a content here, once; gives the digest that it has here. One that is kept nowhere stays a digest.</summary>
    private async ValueTask<string?> KeepAsync(
        RecordedFile file,
        string? sha256,
        Func<string?, CancellationToken, ValueTask<ReadOnlyMemory<byte>?>> find,
        CancellationToken cancellationToken
    )
    {
        var isConfig = file.Address is { Place: FileAddress.Registry, Key: "config" };
        if (sha256 is null || !file.IsKept || (!isConfig && _kept.ContainsKey(sha256)))
            return sha256;
        if (await find(sha256, cancellationToken).ConfigureAwait(false) is not { } content)
            return sha256;
        if (isConfig)
        {
            content = rewrite(content);
            sha256 = ContentDigest.Of(content);
        }

        if (_kept.ContainsKey(sha256))
            return sha256;

        // It counts as kept when it is: no record may be here before what it refers to.
        await Write(here.Journal.Places.Object(cluster, sha256), content, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        _kept.TryAdd(sha256, true);
        return sha256;
    }
}
