using System.Collections.Concurrent;
using Kops.Vfs.Drivers;

namespace Kops.Vfs;

/// <summary>Copies objects and removes trees.</summary>
public static class VfsTrees
{
    /// <summary>Keys in one request, as S3 has it.</summary>
    private const int BatchSize = 1000;

    /// <summary>Objects up to this length are copied through memory: a second try of the write then needs no second read.</summary>
    private const int SmallBytes = 1 << 20;

    /// <summary>Copies an object, within a store or between two. It streams, unless the store's server copies by itself.</summary>
    /// <returns>The outcome; null when nothing stands at the source.</returns>
    public static ValueTask<WriteOutcome?> CopyToAsync(
        this VfsPath source,
        VfsPath target,
        WriteCondition condition,
        CancellationToken cancellationToken = default
    ) => CopyToAsync(source, null, target, condition, cancellationToken);

    /// <summary>The same, of an object that a listing has named (null: none has), which its server then copies with one request.</summary>
    /// <returns>The outcome; null when nothing stands at the source.</returns>
    public static async ValueTask<WriteOutcome?> CopyToAsync(
        this VfsPath source,
        ObjectInfo? listed,
        VfsPath target,
        WriteCondition condition,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (
            listed is not null
            && source.Store.Driver.As<ICopyAcross>()?.Place is { } place
            && target.Store.Driver.As<ICopyAcross>() is { } across
            && across.Place.Service == place.Service
            && await across
                .CopyFromAsync(place, listed with { Key = source.Key }, target.Key, condition, cancellationToken)
                .ConfigureAwait(false)
                is { } done
        )
            return done;

        if (
            ReferenceEquals(source.Store.Driver, target.Store.Driver)
            && source.Store.Driver.As<ICopySource>() is { } server
            && await server.CopyAsync(source.Key, target.Key, condition, cancellationToken).ConfigureAwait(false) is { } copied
        )
            return copied;

        var first = await source.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        if (first is null)
            return null;
        if (first.Info.Size <= SmallBytes)
        {
            var content = await ObjectContent.ReadAsync(first, cancellationToken).ConfigureAwait(false);
            return await target.WriteAsync(content.Bytes, condition, cancellationToken).ConfigureAwait(false);
        }

        await using (first.ConfigureAwait(false))
        {
            var unused = first;
            var body = ObjectBody.FromStream(
                async token => (Interlocked.Exchange(ref unused, null) ?? await ReopenAsync(token).ConfigureAwait(false)).Content,
                first.Info.Size
            );
            return await target.WriteAsync(body, condition, cancellationToken).ConfigureAwait(false);
        }

        // A second try must send what the first one began to send.
        async ValueTask<ObjectReader> ReopenAsync(CancellationToken token)
        {
            var again = await source.OpenReadAsync(token).ConfigureAwait(false);
            if (again is not null && again.Info.Version == first.Info.Version)
                return again;
            if (again is not null)
                await again.DisposeAsync().ConfigureAwait(false);
            throw new StoreException(
                StoreErrorKind.Replaced,
                "read",
                source.ToString(),
                "it changed while it was being copied; run the command again"
            );
        }
    }

    /// <summary>
    /// Deletes every object below a path, several at a time. What cannot be deleted, or named, does not keep the rest; it is among the
    /// failures.
    /// </summary>
    public static async ValueTask<TreeRemoval> DeleteTreeAsync(
        this VfsPath path,
        int maxConcurrency = VfsReading.DefaultConcurrency,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        var failures = new ConcurrentBag<StoreException>();
        var deleted = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxConcurrency, CancellationToken = cancellationToken };
        if (path.Store.Driver.As<IBatchDelete>() is { } batch)
        {
            await Parallel
                .ForEachAsync(
                    Reachable().Chunk(BatchSize),
                    options,
                    async (entries, token) =>
                    {
                        var failed = await batch
                            .DeleteBatchAsync([.. entries.Select(entry => entry.Path.Key)], token)
                            .ConfigureAwait(false);
                        foreach (var failure in failed)
                            failures.Add(failure);
                        Interlocked.Add(ref deleted, entries.Length - failed.Count);
                    }
                )
                .ConfigureAwait(false);
            return Removal();
        }

        await Parallel
            .ForEachAsync(
                Reachable(),
                options,
                async (entry, token) =>
                {
                    try
                    {
                        _ = await entry.Path.DeleteAsync(WriteCondition.Any, token).ConfigureAwait(false);
                        Interlocked.Increment(ref deleted);
                    }
                    catch (StoreException e)
                    {
                        failures.Add(e);
                    }
                }
            )
            .ConfigureAwait(false);
        return Removal();

        async IAsyncEnumerable<VfsEntry> Reachable()
        {
            var entries = path.ListTreeAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using var end = entries.ConfigureAwait(false);
            while (true)
            {
                try
                {
                    if (!await entries.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (StoreException e) when (e.Kind is StoreErrorKind.UnreachableObjects)
                {
                    failures.Add(e);
                    yield break;
                }

                yield return entries.Current;
            }
        }

        TreeRemoval Removal() => new(deleted, [.. failures.OrderBy(failure => failure.Path, StringComparer.Ordinal)]);
    }
}
