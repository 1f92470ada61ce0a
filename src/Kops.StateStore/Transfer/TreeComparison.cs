using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>Compares trees by content, in whatever stores they lie. True hashes of listings count as content; all else is read.</summary>
public static class TreeComparison
{
    /// <summary>Where two trees differ, in key order.</summary>
    /// <param name="first">One tree.</param>
    /// <param name="second">The other.</param>
    /// <param name="meter">Counts the first tree's objects; those that agree as unchanged.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StoreException">A listing or a read failed.</exception>
    public static async Task<IReadOnlyList<TreeDifference>> CompareAsync(
        VfsPath first,
        VfsPath second,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(meter);
        var differences = new ConcurrentBag<TreeDifference>();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = TransferOptions.DefaultConcurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel
            .ForEachAsync(
                UndecidedAsync(first, second, meter, differences, cancellationToken),
                parallel,
                async (pair, token) =>
                {
                    if (
                        await ContentComparison
                            .IsSameAsync(first.Join(pair.Key), pair.Source!, second.Join(pair.Key), pair.Target!, token)
                            .ConfigureAwait(false)
                    )
                        meter.Keep(pair.Source!.Size);
                    else
                        differences.Add(new TreeDifference(TreeDifferenceKind.Content, pair.Key));
                }
            )
            .ConfigureAwait(false);
        return [.. differences.OrderBy(difference => difference.Key, Comparer<string>.Create(ObjectKey.Compare))];
    }

    /// <summary>Whether two single files hold the same; null where there are not two.</summary>
    /// <param name="first">One file.</param>
    /// <param name="second">The other.</param>
    /// <param name="meter">Counts the first file; as unchanged where they agree.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="StoreException">A read failed.</exception>
    public static async Task<bool?> CompareFilesAsync(
        VfsPath first,
        VfsPath second,
        TransferMeter meter,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(meter);
        if (
            await first.StatAsync(cancellationToken).ConfigureAwait(false) is not { } a
            || await second.StatAsync(cancellationToken).ConfigureAwait(false) is not { } b
        )
            return null;
        meter.See(a.Size);
        if (!await ContentComparison.IsSameAsync(first, a, second, b, cancellationToken).ConfigureAwait(false))
            return false;
        meter.Keep(a.Size);
        return true;
    }

    private static async IAsyncEnumerable<ListedPair> UndecidedAsync(
        VfsPath first,
        VfsPath second,
        TransferMeter meter,
        ConcurrentBag<TreeDifference> differences,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var pair in ListingJoin
                .JoinAsync(first, second, cancellationToken, meter.Listing(KopsDirectory.IsTransient))
                .ConfigureAwait(false)
        )
        {
            if (KopsDirectory.IsTransient(pair.Key))
                continue;
            if (pair.Source is null || pair.Target is null)
                differences.Add(
                    new TreeDifference(pair.Source is null ? TreeDifferenceKind.OnlySecond : TreeDifferenceKind.OnlyFirst, pair.Key)
                );
            else if (ContentComparison.Listed(pair.Source, pair.Target) is Sameness.Unknown)
                yield return pair;
            else if (ContentComparison.Listed(pair.Source, pair.Target) is Sameness.Same)
                meter.Keep(pair.Source.Size);
            else
                differences.Add(new TreeDifference(TreeDifferenceKind.Content, pair.Key));
        }
    }
}
