using System.Runtime.CompilerServices;

namespace Kops.Vfs;

/// <summary>Reads many objects side by side.</summary>
public static class VfsReading
{
    /// <summary>Reads at a time where the caller does not say.</summary>
    public const int DefaultConcurrency = 32;

    /// <inheritdoc cref="ReadAllAsync(IAsyncEnumerable{VfsPath}, int, CancellationToken)"/>
    public static IAsyncEnumerable<VfsRead> ReadAllAsync(
        this IEnumerable<VfsPath> paths,
        int maxConcurrency = DefaultConcurrency,
        CancellationToken cancellationToken = default
    ) => paths.ToAsyncEnumerable().ReadAllAsync(maxConcurrency, cancellationToken);

    /// <summary>Reads objects whole, several at a time, and gives them in the order of their paths.</summary>
    /// <param name="paths">The objects. Paths are taken as reads come free, so a long listing is never held whole.</param>
    /// <param name="maxConcurrency">Reads at a time, which is also how many contents are held at most.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public static async IAsyncEnumerable<VfsRead> ReadAllAsync(
        this IAsyncEnumerable<VfsPath> paths,
        int maxConcurrency = DefaultConcurrency,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<VfsRead>>(maxConcurrency);
        try
        {
            await foreach (var path in paths.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (running.Count == maxConcurrency)
                    yield return await running.Dequeue().ConfigureAwait(false);
                running.Enqueue(ReadAsync(path, stop.Token));
            }

            while (running.TryDequeue(out var next))
                yield return await next.ConfigureAwait(false);
        }
        finally
        {
            // The consumer may stop early: no request outlives the enumeration.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<VfsRead> ReadAsync(VfsPath path, CancellationToken cancellationToken)
    {
        try
        {
            return new VfsRead(path, await path.ReadAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (StoreException e)
        {
            return new VfsRead(path, null, e);
        }
    }
}
