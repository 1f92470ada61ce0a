using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Stores;
using Kops.StateStore;
using Kops.Vfs;

namespace Kops.Cli.WordCompletion;

/// <summary>Names out of the store, for completion: one listing each, and no word to the user.</summary>
internal static class StoreNames
{
    // Somebody waits with a finger on the key.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // More than a screen holds help nobody.
    private const int MostChanges = 40;

    public static async Task<IReadOnlyList<string>> FindAsync(
        KopsHost host,
        Func<StoreAccess, StoreRegistry> openStores,
        FlagSet flags,
        ValueSource source,
        CancellationToken cancellationToken
    )
    {
        if (source is ValueSource.None or ValueSource.File)
            return [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var options = GlobalFlags.Read(flags);
        var access = new StoreAccess(host, options);
        await using var stores = openStores(access);
        var state = new ClusterStore(
            stores.Resolve(StateLocation.Find(host, options, access).Address),
            stores,
            host.Time,
            host.Author(WordRequest.Word),
            host.Processes
        );
        if (source is ValueSource.Cluster)
            return await state.ListNamesAsync(limit.Token);
        if (source is ValueSource.Change)
            return
            [
                .. await state.History.ListAsync(null, limit.Token).Take(MostChanges).Select(change => change.Id).ToListAsync(limit.Token),
            ];
        if (
            ClusterNames.TryFind(host, options, usesContext: true, notes: null) is not { } name
            || await state.ReadAsync(name, limit.Token) is not { } cluster
        )
            return [];
        return source switch
        {
            ValueSource.InstanceGroup => [.. cluster.InstanceGroups.Select(group => group.Name)],
            ValueSource.Keyset => [.. (await cluster.Keysets.ListAsync(limit.Token)).Keysets.Select(keyset => keyset.Name)],
            _ => await cluster.Secrets.ListNamesAsync(limit.Token),
        };
    }
}
