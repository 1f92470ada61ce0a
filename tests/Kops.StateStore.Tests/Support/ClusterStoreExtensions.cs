using Kops.StateStore.Changes.Journal;

namespace Kops.StateStore.Tests.Support;

internal static class ClusterStoreExtensions
{
    /// <summary>Settles what is pending in the whole store, cluster by cluster.</summary>
    public static async Task<IReadOnlyList<RecoveredChange>> RecoverAllAsync(this ClusterStore store)
    {
        var results = new List<RecoveredChange>();
        foreach (var pending in await store.ListPendingAsync())
        {
            if (await store.RecoverAsync(pending.Cluster) is { } recovered)
                results.Add(recovered);
        }

        return results;
    }
}
