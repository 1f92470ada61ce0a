using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>
/// Makes a tree hold what another one holds, in whatever stores they lie: both are listed side by side, what differs is copied, many
/// objects at
/// a time, each by one read and one write (or by the server alone, within one store). An object of the target is only replaced
/// or deleted as it was listed: a write of somebody else meanwhile stays, and is reported.
/// </summary>
public sealed class TreeTransfer(VfsPath source, VfsPath target, TransferOptions options, TransferMeter meter)
{
    private readonly ConcurrentBag<string> _conflicts = [];
    private readonly ConcurrentBag<StoreException> _failures = [];
    private readonly List<(string Key, ObjectInfo Info)> _extra = [];
    private long _copied;
    private long _copiedBytes;
    private long _unchanged;
    private long _deleted;
    private int _failed;

    /// <summary>Is told of every object of the source, in key order, by one thread: for who wants to remember what was compared.</summary>
    internal Action<string, ObjectInfo>? Seen { get; init; }

    /// <summary>What of the target is its own; null where it may replace whatever stands as it was listed.</summary>
    internal OwnWrites? Own { get; init; }

    /// <summary>Carries it out, once.</summary>
    /// <exception cref="StoreException">A listing failed. What fails for one object is in the result.</exception>
    public async Task<TransferResult> RunAsync(CancellationToken cancellationToken = default)
    {
        meter.EndListing(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = stop.Token };
        try
        {
            await Parallel
                .ForEachAsync(DifferencesAsync(stop.Token), parallel, (pair, token) => GuardAsync(() => BringAsync(pair, token), stop))
                .ConfigureAwait(false);

            // Only once everything has arrived is anything taken away.
            if (_failures.IsEmpty && _conflicts.IsEmpty)
                await Parallel
                    .ForEachAsync(_extra, parallel, (extra, token) => GuardAsync(() => DeleteAsync(extra.Key, extra.Info, token), stop))
                    .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Too many failures; the result names them.
        }

        return new TransferResult(
            _copied,
            _copiedBytes,
            _unchanged,
            _deleted,
            [.. _conflicts.Order(StringComparer.Ordinal)],
            [.. _failures.OrderBy(failure => failure.Path, StringComparer.Ordinal)]
        );
    }

    /// <summary>What differs by the listings, or may.</summary>
    private async IAsyncEnumerable<ListedPair> DifferencesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is copied whatever the target holds needs no listing of the target, unless somebody wants to hear what it holds.
        var isBlind = options is { Always: true, Delete: false, DryRun: false, Tell: null };
        await foreach (
            var pair in ListingJoin
                .JoinAsync(source, isBlind ? null : target, cancellationToken, meter.Listing(options.Skip))
                .ConfigureAwait(false)
        )
        {
            if (options.Skip(pair.Key))
                continue;
            if (pair.Source is null)
            {
                if (options.Delete)
                    _extra.Add((pair.Key, pair.Target!));
                continue;
            }

            Seen?.Invoke(pair.Key, pair.Source);
            if (!options.Always && pair.Target is not null && ContentComparison.Listed(pair.Source, pair.Target) is Sameness.Same)
                Keep(pair.Source.Size);
            else
                yield return pair;
        }
    }

    private async ValueTask BringAsync(ListedPair pair, CancellationToken cancellationToken)
    {
        var (from, to, info) = (source.Join(pair.Key), target.Join(pair.Key), pair.Source!);
        if (
            pair.Target is { } there
            && !options.Always
            && await IsThereAsync(from, info, to, there, cancellationToken).ConfigureAwait(false)
        )
        {
            Keep(info.Size);
            return;
        }

        if (!options.DryRun && !await WriteAsync(from, info, to, pair.Target, cancellationToken).ConfigureAwait(false))
            return;
        Interlocked.Increment(ref _copied);
        Interlocked.Add(ref _copiedBytes, info.Size);
        meter.Copy(info.Size);
        options.Tell?.Invoke(
            new TransferAction(pair.Target is null ? TransferActionKind.Create : TransferActionKind.Replace, pair.Key, info.Size)
        );
    }

    private ValueTask<bool> IsThereAsync(
        VfsPath from,
        ObjectInfo info,
        VfsPath to,
        ObjectInfo there,
        CancellationToken cancellationToken
    ) =>
        ContentComparison.Listed(info, there) is not Sameness.Unknown ? ValueTask.FromResult(false)
        : options.ByContent ? ContentComparison.IsSameAsync(from, info, to, there, cancellationToken)
        : ContentComparison.IsUnchangedAsync(from, info, to, there, cancellationToken);

    /// <summary>Copies one object; says whether it is there now. A source that has gone meanwhile is no failure.</summary>
    private async ValueTask<bool> WriteAsync(
        VfsPath from,
        ObjectInfo info,
        VfsPath to,
        ObjectInfo? there,
        CancellationToken cancellationToken
    )
    {
        if (Own is not null)
            await Own.KeepAsync(cancellationToken).ConfigureAwait(false);
        if (
            (options.Always ? WriteCondition.Any : await ConditionAsync(to, there, cancellationToken).ConfigureAwait(false))
                is { } condition
            && await from.CopyToAsync(info, to, condition.Marked(Own?.Mark), cancellationToken).ConfigureAwait(false) is var copied
        )
        {
            if (copied is not { } outcome)
                return false;
            if (outcome.Succeeded)
            {
                Own?.Add(to, outcome);
                return true;
            }
        }

        // An answer that was lost, or another process that copies the same, is no conflict.
        if (
            await from.StatAsync(cancellationToken).ConfigureAwait(false) is { } a
            && await to.StatAsync(cancellationToken).ConfigureAwait(false) is { } b
            && (Own?.Has(to, b) is true || await ContentComparison.IsSameAsync(from, a, to, b, cancellationToken).ConfigureAwait(false))
        )
            return true;
        _conflicts.Add(to.ToString());
        return false;
    }

    private async ValueTask DeleteAsync(string key, ObjectInfo there, CancellationToken cancellationToken)
    {
        var path = target.Join(key);
        if (!options.DryRun)
        {
            if (Own is not null)
                await Own.KeepAsync(cancellationToken).ConfigureAwait(false);
            if (await ConditionAsync(path, there, cancellationToken).ConfigureAwait(false) is not { } condition)
            {
                _conflicts.Add(path.ToString());
                return;
            }

            if (condition.Kind is WriteConditionKind.IfAbsent)
                return;
            if (!path.Store.Capabilities.ConditionalDelete)
                condition = WriteCondition.Any;
            if (!(await path.DeleteAsync(condition, cancellationToken).ConfigureAwait(false)).Succeeded)
            {
                _conflicts.Add(path.ToString());
                return;
            }
        }

        Interlocked.Increment(ref _deleted);
        meter.Delete();
        options.Tell?.Invoke(new TransferAction(TransferActionKind.Delete, key, there.Size));
    }

    /// <summary>On what condition an object may be written or deleted; null where it may not, being somebody else's.</summary>
    private async ValueTask<WriteCondition?> ConditionAsync(VfsPath to, ObjectInfo? there, CancellationToken cancellationToken)
    {
        var can = to.Store.Capabilities;
        if (there is null)
            return can.ConditionalCreate ? WriteCondition.IfAbsent : WriteCondition.Any;
        if (Own is not null)
        {
            there = await to.StatAsync(cancellationToken).ConfigureAwait(false);
            if (there is not null && !Own.Has(to, there))
                return null;
        }

        if (!can.ConditionalReplace)
            return WriteCondition.Any;

        // A directory's listing gives no versions: to hash what nobody asked for would be too dear.
        return WriteCondition.Unchanged(there?.Version ?? (await to.StatAsync(cancellationToken).ConfigureAwait(false))?.Version);
    }

    private void Keep(long bytes)
    {
        Interlocked.Increment(ref _unchanged);
        meter.Keep(bytes);
    }

    private async ValueTask GuardAsync(Func<ValueTask> work, CancellationTokenSource stop)
    {
        // The others are told to stop in a moment, in which a quick store would refuse hundreds.
        if (Volatile.Read(ref _failed) >= options.MaxFailures)
            return;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            _failures.Add(failure);
            if (Interlocked.Increment(ref _failed) >= options.MaxFailures)
                await stop.CancelAsync().ConfigureAwait(false);
        }
    }
}
