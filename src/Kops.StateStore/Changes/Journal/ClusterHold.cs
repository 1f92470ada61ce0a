using Kops.StateStore.Errors;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Keeps everybody else from changing a cluster, for as long as a piece of work takes: by a pending record that names no files yet. Signs
/// of life are given beside the work, however long one file of it takes. When the holder dies, the record is cleared away as that of any
/// change of which nothing was written.
/// </summary>
internal sealed class ClusterHold : IAsyncDisposable
{
    private readonly ChangeJournal _journal;
    private readonly ChangeApplier _applier;
    private readonly PendingChange _pending;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _signs;
    private bool _isOver;

    private ClusterHold(ChangeJournal journal, ChangeApplier applier, PendingChange pending)
    {
        (_journal, _applier, _pending) = (journal, applier, pending);
        _signs = Task.Run(GiveSignsAsync);
    }

    /// <summary>The name that the change will have which <see cref="ApplyAsync"/> makes.</summary>
    public string Name => _pending.Record.Name;

    private string Cluster => _pending.Record.Cluster;

    /// <summary>Takes hold of a cluster, after what others left there was settled.</summary>
    /// <exception cref="StateStoreException">Another process is changing the cluster and does not end.</exception>
    public static async Task<ClusterHold> TakeAsync(
        ChangeJournal journal,
        ChangeApplier applier,
        ChangeRecord record,
        CancellationToken cancellationToken
    ) => new(journal, applier, await journal.BeginAsync(record, cancellationToken).ConfigureAwait(false));

    /// <summary>To be called before each write that the hold protects.</summary>
    /// <exception cref="StateStoreException">Another process took this one for dead, and the cluster is no longer held.</exception>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            await _pending.KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            throw Lost();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes a change of what is held. The hold ends with it.</summary>
    /// <exception cref="StateStoreException">The cluster is no longer held.</exception>
    public async Task<ApplyResult> ApplyAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        if (set.IsEmpty)
            return new ApplyResult.Unchanged();
        return await RecordAsync(set, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same, which is recorded also where no file changes.</summary>
    /// <exception cref="StateStoreException">The cluster is no longer held.</exception>
    public async Task<ApplyResult> RecordAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        await _applier.KeepAsync(set, cancellationToken).ConfigureAwait(false);
        await EndSignsAsync().ConfigureAwait(false);
        _isOver = true;
        try
        {
            return await _applier.ApplyAsync(set, _pending, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            throw Lost();
        }
    }

    /// <summary>Lets go.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndSignsAsync().ConfigureAwait(false);
        if (!_isOver)
        {
            _isOver = true;
            try
            {
                await _pending.DiscardAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception left) when (left is LeaseLostException or Vfs.StoreException)
            {
                // Whoever comes next clears it away.
            }
        }

        _pending.Dispose();
        _end.Dispose();
        _gate.Dispose();
    }

    private async Task EndSignsAsync()
    {
        if (!_end.IsCancellationRequested)
            await _end.CancelAsync().ConfigureAwait(false);
        await _signs.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task GiveSignsAsync()
    {
        while (_journal.Options.Lease > TimeSpan.Zero)
        {
            await Task.Delay(_journal.Options.Lease / 3, _journal.Leases.Clock, _end.Token).ConfigureAwait(false);
            try
            {
                await KeepAsync(_end.Token).ConfigureAwait(false);
            }
            catch (Vfs.StoreException)
            {
                // It is tried again, and before the next write it must succeed.
            }
        }
    }

    private StateStoreException Lost() =>
        new(
            StateErrorKind.Unfinished,
            $"this process was silent for longer than {_journal.Options.Lease.TotalSeconds:0} s, and another one took over cluster "
                + $"\"{Cluster}\"; run the command again: it goes on where it stands"
        );
}
