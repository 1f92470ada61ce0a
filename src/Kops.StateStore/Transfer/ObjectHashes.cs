using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>Hashes of many objects, read side by side and given in key order.</summary>
public static class ObjectHashes
{
    /// <summary>The hash of each object below a path, or of the object that stands at it.</summary>
    public static async IAsyncEnumerable<(VfsPath Path, ReadOnlyMemory<byte> Hash)> HashTreeAsync(
        VfsPath path,
        HashAlgorithmName algorithm,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        if (await ContentComparison.HashAsync(path, algorithm, cancellationToken).ConfigureAwait(false) is { } single)
        {
            yield return (path, single);
            yield break;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<(VfsPath Path, Task<byte[]?> Hash)>();
        try
        {
            await foreach (var entry in path.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                running.Enqueue((entry.Path, ContentComparison.HashAsync(entry.Path, algorithm, stop.Token)));
                if (running.Count < TransferOptions.DefaultConcurrency)
                    continue;
                var (done, hash) = running.Dequeue();
                if (await hash.ConfigureAwait(false) is { } bytes)
                    yield return (done, bytes);
            }

            while (running.TryDequeue(out var next))
            {
                if (await next.Hash.ConfigureAwait(false) is { } bytes)
                    yield return (next.Path, bytes);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running.Select(pair => pair.Hash))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
