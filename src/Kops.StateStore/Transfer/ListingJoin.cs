using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>Two listings side by side. Both are in key order, so that a merge needs no memory, whatever they hold.</summary>
internal static class ListingJoin
{
    /// <summary>
    /// Rows that a listing may be ahead of its reader: so many that both sides' next pages are on their way, and that it is known early
    /// what there is to do;
    /// some megabytes in memory.
    /// </summary>
    private const int Ahead = 10_000;

    /// <param name="source">One side.</param>
    /// <param name="target">The other side; null for one that is not asked.</param>
    /// <param name="cancellationToken">Stops both listings.</param>
    /// <param name="listed">Is told of each row of the source as it is listed, which is before it comes out here; at its end of
    /// null.</param>
    public static async IAsyncEnumerable<ListedPair> JoinAsync(
        VfsPath source,
        VfsPath? target,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        Action<string?, ObjectInfo?>? listed = null
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ((left, fillLeft), (right, fillRight)) = (Rows(source, listed, stop.Token), Rows(target, null, stop.Token));
        try
        {
            var (a, b) = (
                await NextAsync(left, cancellationToken).ConfigureAwait(false),
                await NextAsync(right, cancellationToken).ConfigureAwait(false)
            );
            while (a is not null || b is not null)
            {
                var order =
                    a is null ? 1
                    : b is null ? -1
                    : ObjectKey.Compare(a.Value.Key, b.Value.Key);
                yield return order < 0 ? new(a!.Value.Key, a.Value.Info, null)
                : order > 0 ? new(b!.Value.Key, null, b.Value.Info)
                : new(a!.Value.Key, a.Value.Info, b!.Value.Info);
                if (order <= 0)
                    a = await NextAsync(left, cancellationToken).ConfigureAwait(false);
                if (order >= 0)
                    b = await NextAsync(right, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // No request outlives the enumeration.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(fillLeft, fillRight)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async ValueTask<Row?> NextAsync(ChannelReader<Row> rows, CancellationToken cancellationToken)
    {
        while (await rows.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (rows.TryRead(out var row))
                return row;
        }

        return null;
    }

    private static (ChannelReader<Row> Rows, Task Filling) Rows(
        VfsPath? path,
        Action<string?, ObjectInfo?>? listed,
        CancellationToken cancellationToken
    )
    {
        var channel = Channel.CreateBounded<Row>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        return (channel.Reader, Task.Run(() => FillAsync(path, channel.Writer, listed, cancellationToken), CancellationToken.None));
    }

    private static async Task FillAsync(
        VfsPath? path,
        ChannelWriter<Row> rows,
        Action<string?, ObjectInfo?>? listed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (path is null)
            {
                rows.Complete();
                return;
            }

            var skip = ObjectKey.AsPrefix(path.Key).Length;
            await foreach (var entry in path.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.Object is not { } info)
                    continue;
                var row = new Row(entry.Path.Key[skip..], info);
                listed?.Invoke(row.Key, info);
                await rows.WriteAsync(row, cancellationToken).ConfigureAwait(false);
            }

            listed?.Invoke(null, null);

            rows.Complete();
        }
#pragma warning disable CA1031 // Whatever it is, the reader is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            rows.Complete(error);
        }
    }

    private readonly record struct Row(string Key, ObjectInfo Info);
}
