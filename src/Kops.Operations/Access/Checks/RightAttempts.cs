using System.Runtime.CompilerServices;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Checks;

/// <summary>Tries one right after the other by doing what takes it, and tells which need of the mode each serves.</summary>
/// <param name="mode">Whose rights they are.</param>
internal sealed class RightAttempts(AccessMode mode)
{
    private static readonly ObjectVersion Never = new("\"00000000000000000000000000000000\"");

    /// <summary>Does something; a refusal is a finding, and no failure.</summary>
    /// <exception cref="StoreException">The server could not be asked.</exception>
    public async ValueTask<CheckedRight> TryAsync(AccessArea area, StoreRight right, string attempt, VfsPath path, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
            return new CheckedRight(AccessNeed.For(mode, area, right), right, attempt, path, null);
        }
        catch (StoreException e)
            when (e.Kind is not (StoreErrorKind.Unavailable or StoreErrorKind.Throttled or StoreErrorKind.Unauthenticated))
        {
            // A write may fail at what comes before it, and a delete of versions at finding them.
            var (refusedIn, refused) =
                e.Path.Contains("/" + KopsDirectory.ProbePrefix, StringComparison.Ordinal) ? (AccessArea.Probe, StoreRight.Write)
                : e.Path.EndsWith("/" + LockLayer.Key, StringComparison.Ordinal) ? (AccessArea.Lock, StoreRight.Write)
                : right is StoreRight.DeleteVersions && e.Operation is "list" ? (AccessArea.Buckets, StoreRight.ListVersions)
                : (area, right);
            return new CheckedRight(AccessNeed.For(mode, refusedIn, refused), refused, attempt, path, e.Message);
        }
    }

    /// <summary>Lists a place.</summary>
    public ValueTask<CheckedRight> ListAsync(VfsPath place, Func<Task> act) =>
        TryAsync(AccessArea.Buckets, StoreRight.List, "list", place, act);

    /// <summary>Reads a file.</summary>
    public ValueTask<CheckedRight> ReadAsync(AccessArea area, VfsPath file, Func<Task> act) =>
        TryAsync(area, StoreRight.Read, "read", file, act);

    /// <summary>Changes nothing of a cluster: replaces a file on a condition that cannot hold, and deletes what is not there.</summary>
    public async IAsyncEnumerable<CheckedRight> ChangeNothingAsync(
        AccessArea area,
        VfsPath directory,
        VfsPath file,
        ObjectContent? content,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Where no server checks the condition, it fails before anybody is asked for the right: the file below .kops/ has to tell then.
        var can = file.Store.Capabilities;
        if (can is not { ConditionalReplace: true, ConditionsByLock: false, ClusterReadable: true })
            yield break;
        yield return await TryAsync(
                area,
                StoreRight.Write,
                "replace",
                file,
                async () =>
                    _ = await file.WriteAsync(content?.Bytes ?? default, WriteCondition.IfMatch(NeverOf(file)), cancellationToken)
                        .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        var nothing = directory.Join($"kops-check-{Guid.NewGuid():N}");
        yield return await TryAsync(
                area,
                StoreRight.Delete,
                "delete",
                nothing,
                async () => await DeleteNothingAsync(nothing, cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Creates, replaces and deletes a file of its own. Nodes write without conditions, and remove versions.</summary>
    public async IAsyncEnumerable<CheckedRight> ChangeScratchAsync(
        AccessArea area,
        VfsPath file,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (asNode, version) = (mode is AccessMode.Node, default(ObjectVersion?));
        var create = await TryAsync(
                area,
                StoreRight.Write,
                "create",
                file,
                async () =>
                    version = (
                        await file.WriteTextAsync("1", asNode ? WriteCondition.Any : WriteCondition.IfAbsent, cancellationToken)
                            .ConfigureAwait(false)
                    ).Version
            )
            .ConfigureAwait(false);
        yield return create;
        if (!create.IsGranted)
        {
            yield return Untried(area, StoreRight.Write, "replace", file);
            yield return Untried(area, StoreRight.Delete, "delete", file);
            yield break;
        }

        var isRemoved = false;
        try
        {
            var condition = file.Store.Capabilities.ConditionalReplace && !asNode ? WriteCondition.Unchanged(version) : WriteCondition.Any;
            yield return await TryAsync(
                    area,
                    StoreRight.Write,
                    "replace",
                    file,
                    async () => _ = await file.WriteTextAsync("2", condition, cancellationToken).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
            var delete = await DeleteAsync(area, file, cancellationToken).ConfigureAwait(false);
            isRemoved = delete.IsGranted;
            yield return delete;
            if (asNode && file.Store.Driver.As<IVersionedStore>() is { } versions)
                yield return await TryAsync(
                        area,
                        StoreRight.DeleteVersions,
                        "versions",
                        file,
                        async () => await versions.DeleteAllVersionsAsync(file.Key, cancellationToken).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
        }
        finally
        {
            if (!isRemoved)
                await DeleteAsync(area, file, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private ValueTask<CheckedRight> DeleteAsync(AccessArea area, VfsPath file, CancellationToken cancellationToken) =>
        TryAsync(
            area,
            StoreRight.Delete,
            "delete",
            file,
            async () => _ = await file.DeleteAsync(WriteCondition.Any, cancellationToken).ConfigureAwait(false)
        );

    private CheckedRight Untried(AccessArea area, StoreRight right, string attempt, VfsPath file) =>
        new(AccessNeed.For(mode, area, right), right, attempt, file, null) { IsTried = false };

    private static ObjectVersion NeverOf(VfsPath file) => file.Store.Driver.As<IRightsTrial>()?.Never ?? Never;

    /// <summary>Asks the server to delete what is not there. Some drivers look first, and ask nothing then; in a batch they do.</summary>
    private static async ValueTask DeleteNothingAsync(VfsPath nothing, CancellationToken cancellationToken)
    {
        var driver = nothing.Store.Driver;
        if (driver.As<IBatchDelete>() is not { } batch)
        {
            var condition = driver.As<IRightsTrial>() is null ? WriteCondition.Any : WriteCondition.IfMatch(NeverOf(nothing));
            _ = await nothing.DeleteAsync(condition, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (await batch.DeleteBatchAsync([nothing.Key], cancellationToken).ConfigureAwait(false) is [var failure, ..])
            throw failure;
        try
        {
            // Where versions are kept, that it was deleted is noted.
            if (driver.As<IVersionedStore>() is { } versions)
                await versions.DeleteAllVersionsAsync(nothing.Key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The note stays: it names nothing that ever was.
        }
    }
}
