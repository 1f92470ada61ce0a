using System.Runtime.CompilerServices;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Setup;

namespace Kops.StateStore.Checks;

/// <summary>
/// Tries each right that commands need on a store, against the store itself: it lists and reads where clusters stand, and writes a file of
/// its own
/// below <c>.kops/check/ </c>, which it removes. In a cluster's directories nothing is ever written or changed: there a write is tried with
/// what
/// stands in a file already, under a condition that cannot hold, and a delete with a name that nothing has. Among the backups of etcd, for
/// nodes,
/// a file of its own is written and removed.
/// </summary>
/// <param name="root">The state store.</param>
/// <param name="cluster">The cluster whose files are tried; null for the first one, if there is any.</param>
public sealed class StoreCheck(VfsPath root, string? cluster)
{
    private static readonly ObjectVersion Never = new("\"00000000000000000000000000000000\"");
    private const string Listing = "ListFiles";
    private readonly VfsPath _scratch = new KopsDirectory(root).NewScratch();

    /// <summary>Where the cluster keeps what is neither in its directory nor below the store's own <c>.kops</c>.</summary>
    public IReadOnlyList<VfsPath> Elsewhere { get; init; } = [];

    /// <summary>Where its backups of etcd stand, for <see cref="CheckMode.Node"/>.</summary>
    public IReadOnlyList<VfsPath> Backups { get; init; } = [];

    /// <summary>Where its discovery documents are published; null where they are not.</summary>
    public VfsPath? Discovery { get; init; }

    /// <summary>
    /// Tries them, in the order in which commands need them. A server that cannot be reached, or does not know who asks, says nothing of
    /// rights.
    /// </summary>
    /// <param name="mode">Whose rights are tried.</param>
    /// <param name="cancellationToken">Stops it; what it wrote is removed.</param>
    /// <exception cref="StoreException">The store could not be reached, or the credentials are wrong.</exception>
    public async IAsyncEnumerable<CheckedRight> RunAsync(
        CheckMode mode,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var place in PlacesOf(mode).Prepend(root).DistinctBy(place => place.Store))
        {
            var isWritten =
                mode is CheckMode.Write || (mode is CheckMode.Node && Backups.Any(backups => ReferenceEquals(backups.Store, place.Store)));
            foreach (var trial in place.Store.Driver.As<IRightsTrial>()?.Trials(isWritten) ?? [])
            {
                var statement = trial.Name switch
                {
                    "locate" => "FindBucket",
                    "encryption" => "AskEncryption",
                    _ => mode is CheckMode.Node ? "KeepBackups"
                    : place.Equals(root) ? "ChangeCluster"
                    : StatementOf(place, writes: true),
                };
                yield return await TryAsync(
                        statement,
                        trial.Name,
                        place.Store.Root,
                        async () => await trial.TryAsync(cancellationToken).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
            }
        }

        var found = cluster;
        yield return await TryAsync(
                Listing,
                "list",
                root,
                async () =>
                {
                    var first = await FindAsync(cancellationToken).ConfigureAwait(false);
                    found ??= first;
                }
            )
            .ConfigureAwait(false);
        ObjectContent? config = null;
        var file = found is null ? _scratch : root.Join(found, "config");
        yield return await TryAsync(
                found is null ? RecordsOf(mode)
                    : mode is CheckMode.Write ? "ChangeCluster"
                    : "ReadCluster",
                "read",
                file,
                async () => config = await file.ReadAsync(cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        if (mode is CheckMode.Node)
        {
            foreach (var backups in Backups)
            {
                if (!ReferenceEquals(backups.Store, root.Store))
                    yield return await TryAsync(
                            Listing,
                            "list",
                            backups,
                            async () => await FirstAsync(backups, cancellationToken).ConfigureAwait(false)
                        )
                        .ConfigureAwait(false);
                await foreach (
                    var right in TryScratchAsync(
                            "KeepBackups",
                            backups.Join($"kops-check-{Guid.NewGuid():N}"),
                            asNode: true,
                            cancellationToken
                        )
                        .ConfigureAwait(false)
                )
                    yield return right;
            }

            yield break;
        }

        if (
            found is not null
            && await FirstIfListedAsync(new KopsDirectory(root).HistoryOf(found), cancellationToken).ConfigureAwait(false) is { } record
        )
            yield return await TryAsync(
                    RecordsOf(mode),
                    "read",
                    record,
                    async () => await record.ReadAsync(cancellationToken).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        var writes = mode is CheckMode.Write;
        foreach (var place in Elsewhere)
        {
            await foreach (
                var right in TryElsewhereAsync(StatementOf(place, writes), place, writes, cancellationToken).ConfigureAwait(false)
            )
                yield return right;
        }

        if (!writes)
            yield break;
        if (config is not null)
        {
            await foreach (
                var right in TryInClusterAsync("ChangeCluster", root.Join(found!), file, config, cancellationToken).ConfigureAwait(false)
            )
                yield return right;
        }

        await foreach (var right in TryScratchAsync(RecordsOf(mode), _scratch, asNode: false, cancellationToken).ConfigureAwait(false))
            yield return right;
    }

    /// <summary>What is used elsewhere: only writers publish, and nodes keep backups.</summary>
    private IEnumerable<VfsPath> PlacesOf(CheckMode mode) =>
        Elsewhere.Where(place => mode is CheckMode.Write || !place.Equals(Discovery)).Concat(mode is CheckMode.Node ? Backups : []);

    private static string RecordsOf(CheckMode mode) => mode is CheckMode.Write ? "WriteRecords" : "ReadRecords";

    private string StatementOf(VfsPath place, bool writes) =>
        Backups.Any(place.Equals)
            ? writes
                ? "ChangeBackups"
                : "ReadBackups"
            : !writes
                ? "ReadCluster"
                : place.Equals(Discovery)
                    ? "PublishDiscovery"
                    : "ChangeCluster";

    /// <summary>
    /// Tries a place with whatever file is first in it; an empty one with a name that nothing has, under a condition that cannot hold.
    /// </summary>
    private static async IAsyncEnumerable<CheckedRight> TryElsewhereAsync(
        string statement,
        VfsPath place,
        bool writes,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        VfsPath? file = null;
        yield return await TryAsync(
                Listing,
                "list",
                place,
                async () => file = await FirstAsync(place, cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        ObjectContent? content = null;
        file ??= place.Join($"kops-check-{Guid.NewGuid():N}");
        var read = await TryAsync(
                statement,
                "read",
                file,
                async () => content = await file.ReadAsync(cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);

        // Some servers ask for the right before they say that nothing stands there, others (Ceph) do not: then nothing was learnt.
        if (content is not null || !read.IsGranted)
            yield return read;
        if (!writes)
            yield break;
        await foreach (var right in TryInClusterAsync(statement, place, file, content, cancellationToken).ConfigureAwait(false))
            yield return right;
    }

    private static async ValueTask<VfsPath?> FirstAsync(VfsPath directory, CancellationToken cancellationToken)
    {
        await foreach (var entry in directory.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            // A listing is not worth reading backups for.
            if (entry.Object is { Size: < 1 << 20 })
                return entry.Path;
        }

        return null;
    }

    /// <summary>The same where the right to list was tried before.</summary>
    private static async ValueTask<VfsPath?> FirstIfListedAsync(VfsPath directory, CancellationToken cancellationToken)
    {
        try
        {
            return await FirstAsync(directory, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Kind is StoreErrorKind.PermissionDenied)
        {
            return null;
        }
    }

    private static async ValueTask<CheckedRight> TryAsync(string statement, string right, VfsPath path, Func<Task> attempt)
    {
        try
        {
            await attempt().ConfigureAwait(false);
            return new CheckedRight(right, path.ToString(), null) { Statement = statement };
        }
        catch (StoreException e)
            when (e.Kind is not (StoreErrorKind.Unavailable or StoreErrorKind.Throttled or StoreErrorKind.Unauthenticated))
        {
            // A write may fail at what comes before it, and a delete of versions at finding them.
            var refused =
                e.Path.Contains("/.kops/probe/", StringComparison.Ordinal) ? "TryConditions"
                : e.Path.EndsWith("/.kops-lock", StringComparison.Ordinal) ? "HoldLock"
                : right is "versions" && e.Operation is "list" ? "ListVersions"
                : statement;
            return new CheckedRight(right, path.ToString(), e.Message) { Statement = refused };
        }
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in root.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                !entry.Path.Name.StartsWith('.')
                && await entry.Path.Join("config").StatAsync(cancellationToken).ConfigureAwait(false) is not null
            )
                return entry.Path.Name;
        }

        return null;
    }

    private static async IAsyncEnumerable<CheckedRight> TryInClusterAsync(
        string statement,
        VfsPath directory,
        VfsPath file,
        ObjectContent? content,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Where no server checks the condition, it fails before anybody is asked for the right: the file below .kops/ has to tell then.
        var can = file.Store.Driver.Capabilities;
        if (can is not { ConditionalReplace: true, ConditionsByLock: false, ClusterReadable: true })
            yield break;
        yield return await TryAsync(
                statement,
                "replace",
                file,
                async () =>
                    await file.WriteAsync(content?.Bytes ?? default, WriteCondition.IfMatch(NeverOf(file)), cancellationToken)
                        .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        var nothing = directory.Join($"kops-check-{Guid.NewGuid():N}");
        yield return await TryAsync(
                statement,
                "delete",
                nothing,
                async () => await DeleteNothingAsync(nothing, cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    private static ObjectVersion NeverOf(VfsPath file) => file.Store.Driver.As<IRightsTrial>()?.Never ?? Never;

    /// <summary>Asks the server to delete what is not there. Some drivers look first, and ask nothing then; in a batch they do.</summary>
    private static async ValueTask DeleteNothingAsync(VfsPath nothing, CancellationToken cancellationToken)
    {
        if (nothing.Store.Driver.As<IBatchDelete>() is not { } batch)
        {
            await nothing
                .DeleteAsync(
                    nothing.Store.Driver.As<IRightsTrial>() is null ? default : WriteCondition.IfMatch(NeverOf(nothing)),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return;
        }

        if (await batch.DeleteBatchAsync([nothing.Key], cancellationToken).ConfigureAwait(false) is [var failure, ..])
            throw failure;
        try
        {
            // Where versions are kept, that it was deleted is noted.
            if (nothing.Store.Driver.As<IVersionedStore>() is { } versions)
                await versions.DeleteAllVersionsAsync(nothing.Key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The note stays: it names nothing that ever was.
        }
    }

    /// <summary>Nodes write without conditions, and remove versions.</summary>
    private static async IAsyncEnumerable<CheckedRight> TryScratchAsync(
        string statement,
        VfsPath file,
        bool asNode,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var version = default(ObjectVersion?);
        var create = await TryAsync(
                statement,
                "create",
                file,
                async () =>
                    version = (
                        await file.WriteTextAsync("1", asNode ? default : WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false)
                    ).Version
            )
            .ConfigureAwait(false);
        yield return create;
        if (!create.IsGranted)
        {
            yield return new CheckedRight("replace", file.ToString(), null) { IsTried = false, Statement = statement };
            yield return new CheckedRight("delete", file.ToString(), null) { IsTried = false, Statement = statement };
            yield break;
        }

        var isRemoved = false;
        try
        {
            var can = file.Store.Driver.Capabilities;
            yield return await TryAsync(
                    statement,
                    "replace",
                    file,
                    async () =>
                        await file.WriteTextAsync(
                                "2",
                                can.ConditionalReplace && !asNode ? WriteCondition.Unchanged(version) : default,
                                cancellationToken
                            )
                            .ConfigureAwait(false)
                )
                .ConfigureAwait(false);
            var delete = await TryAsync(
                    statement,
                    "delete",
                    file,
                    async () => await file.DeleteAsync(default, cancellationToken).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
            isRemoved = delete.IsGranted;
            yield return delete;
            if (asNode && file.Store.Driver.As<IVersionedStore>() is { } versions)
                yield return await TryAsync(
                        statement,
                        "versions",
                        file,
                        async () => await versions.DeleteAllVersionsAsync(file.Key, cancellationToken).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
        }
        finally
        {
            if (!isRemoved)
                await TryAsync(
                        statement,
                        "delete",
                        file,
                        async () => await file.DeleteAsync(default, CancellationToken.None).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
        }
    }
}
