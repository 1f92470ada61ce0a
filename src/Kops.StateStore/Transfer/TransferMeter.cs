using Kops.Vfs;

namespace Kops.StateStore.Transfer;

/// <summary>How far a transfer is. Counted by many threads, read by the one that shows it.</summary>
public sealed class TransferMeter
{
    private long _seen;
    private long _seenBytes;
    private long _unchanged;
    private long _unchangedBytes;
    private long _copied;
    private long _copiedBytes;
    private long _deleted;
    private int _listed;

    /// <summary>Objects of the source that listings have named so far.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    /// <summary>Their bytes.</summary>
    public long SeenBytes => Interlocked.Read(ref _seenBytes);

    /// <summary>Objects that the target held already.</summary>
    public long Unchanged => Interlocked.Read(ref _unchanged);

    /// <summary>Their bytes.</summary>
    public long UnchangedBytes => Interlocked.Read(ref _unchangedBytes);

    /// <summary>Objects that were copied.</summary>
    public long Copied => Interlocked.Read(ref _copied);

    /// <summary>Their bytes.</summary>
    public long CopiedBytes => Interlocked.Read(ref _copiedBytes);

    /// <summary>Objects that were deleted from the target.</summary>
    public long Deleted => Interlocked.Read(ref _deleted);

    /// <summary>Whether the listings have ended, so that what is left to do is known.</summary>
    public bool IsListed => Volatile.Read(ref _listed) != 0;

    /// <summary>Counts what a listing names, but what is skipped, and notes its end.</summary>
    internal Action<string?, ObjectInfo?> Listing(Func<string, bool> skip) =>
        (key, info) =>
        {
            if (key is null)
                EndListing(true);
            else if (!skip(key))
                See(info!.Size);
        };

    /// <summary>Counts an object of the source.</summary>
    public void See(long bytes) => Add(ref _seen, ref _seenBytes, bytes);

    /// <summary>Counts one that the target held already.</summary>
    public void Keep(long bytes) => Add(ref _unchanged, ref _unchangedBytes, bytes);

    /// <summary>Counts one that was copied.</summary>
    public void Copy(long bytes) => Add(ref _copied, ref _copiedBytes, bytes);

    internal void Delete() => Interlocked.Increment(ref _deleted);

    /// <summary>Notes whether all that there is to do has been seen.</summary>
    public void EndListing(bool ended) => Volatile.Write(ref _listed, ended ? 1 : 0);

    private static void Add(ref long count, ref long sum, long bytes)
    {
        Interlocked.Increment(ref count);
        Interlocked.Add(ref sum, bytes);
    }
}
