using System.Runtime.CompilerServices;
using Kops.Vfs;

namespace Kops.StateStore.Checks;

/// <summary>
/// Tries each right that commands need on a store, against the store itself: it lists and reads where clusters stand, and writes a file of its own
/// below <c>.kops/check/</c>, which it removes. In a cluster's directory nothing is ever written or changed: there a write is tried with what
/// stands in a file already, under a condition that cannot hold, and a delete with a name that nothing has.
/// </summary>
/// <param name="root">The state store.</param>
/// <param name="cluster">The cluster whose files are tried; null for the first one, if there is any.</param>
public sealed class StoreCheck(VfsPath root, string? cluster)
{
    private static readonly WriteCondition Never = WriteCondition.IfMatch(new ObjectVersion("\"00000000000000000000000000000000\""));
    private readonly VfsPath _scratch = root.Join(".kops", "check", Guid.NewGuid().ToString("N"));

    /// <summary>Tries them, in the order in which commands need them.</summary>
    /// <param name="writes">Whether those of commands that change something are tried, too.</param>
    /// <param name="cancellationToken">Stops it; what it wrote is removed.</param>
    public async IAsyncEnumerable<CheckedRight> RunAsync(bool writes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var found = cluster;
        yield return await TryAsync("list", root, async () =>
        {
            var first = await FindAsync(cancellationToken).ConfigureAwait(false);
            found ??= first;
        }).ConfigureAwait(false);
        ObjectContent? config = null;
        var file = found is null ? _scratch : root.Join(found, "config");
        yield return await TryAsync("read", file, async () => config = await file.ReadAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (!writes) yield break;
        if (config is not null)
        {
            await foreach (var right in TryInClusterAsync(root.Join(found!), file, config, cancellationToken).ConfigureAwait(false)) yield return right;
        }

        await foreach (var right in TryScratchAsync(cancellationToken).ConfigureAwait(false)) yield return right;
    }

    private static async ValueTask<CheckedRight> TryAsync(string right, VfsPath path, Func<Task> attempt)
    {
        try
        {
            await attempt().ConfigureAwait(false);
            return new CheckedRight(right, path.ToString(), null);
        }
        catch (StoreException e)
        {
            return new CheckedRight(right, path.ToString(), e.Message);
        }
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in root.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.Path.Name.StartsWith('.') && await entry.Path.Join("config").StatAsync(cancellationToken).ConfigureAwait(false) is not null) return entry.Path.Name;
        }

        return null;
    }

    private static async IAsyncEnumerable<CheckedRight> TryInClusterAsync(
        VfsPath directory, VfsPath file, ObjectContent config, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Where no server checks the condition, it fails before anybody is asked for the right: the file below .kops/ has to tell then.
        var can = file.Store.Driver.Capabilities;
        if (can is not { ConditionalReplace: true, ConditionsByLock: false, ClusterReadable: true }) yield break;
        yield return await TryAsync("replace", file, async () => await file.WriteAsync(config.Bytes, Never, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var nothing = directory.Join($"kops-check-{Guid.NewGuid():N}");
        yield return await TryAsync("delete", nothing, async () => await nothing.DeleteAsync(default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<CheckedRight> TryScratchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = default(ObjectVersion?);
        var create = await TryAsync(
            "create", _scratch, async () => version = (await _scratch.WriteTextAsync("1", WriteCondition.IfAbsent, cancellationToken).ConfigureAwait(false)).Version).ConfigureAwait(false);
        yield return create;
        if (!create.IsGranted)
        {
            yield return new CheckedRight("replace", _scratch.ToString(), null) { IsTried = false };
            yield return new CheckedRight("delete", _scratch.ToString(), null) { IsTried = false };
            yield break;
        }

        var isRemoved = false;
        try
        {
            var can = _scratch.Store.Driver.Capabilities;
            yield return await TryAsync(
                "replace", _scratch, async () => await _scratch.WriteTextAsync("2", can.ConditionalReplace ? WriteCondition.Unchanged(version) : default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            var delete = await TryAsync("delete", _scratch, async () => await _scratch.DeleteAsync(default, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            isRemoved = delete.IsGranted;
            yield return delete;
        }
        finally
        {
            if (!isRemoved) await TryAsync("delete", _scratch, async () => await _scratch.DeleteAsync(default, CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
