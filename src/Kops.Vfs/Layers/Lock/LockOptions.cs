namespace Kops.Vfs.Layers.Lock;

/// <summary>
/// The times of the lock. All who write to one store must have the same <see cref="Settle"/> and <see cref="Lease"/>: they are constants
/// of the program, and differ in tests alone.
/// </summary>
public sealed record LockOptions
{
    /// <summary>Who holds the lock, for people: <c>alice@laptop</c>. No secret.</summary>
    public string Holder { get; init; } = "kops";

    /// <summary>
    /// How long after its claim a writer looks whether the claim still stands. Who took as long to make the claim waits for a whole
    /// lease instead, so no claim that counts can arrive unseen after that look.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a lock must stand without a sign of life before another writer takes it. Its holder uses it for half of that at the
    /// most without a renewal; the other half is for requests that are still on their way then.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the lock is kept after the last write, so that a command pays for it once.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the lock is kept in all, so that others get their turn.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// About how long a writer waits before it looks again whether the lock is free; up to eight times as long when it often was not.
    /// </summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a writer waits for the lock in all.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Is told, once each, that writes are guarded by a lock, and for whom one waits; null for nobody.</summary>
    public Action<string>? Tell { get; init; }
}
