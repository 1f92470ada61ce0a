using System.Collections.Concurrent;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Makes leases, and judges those of others: by what is known of their process, and by how long their record has stood unchanged under the
/// eyes of this process, on its own clock. Clocks are never compared.
/// </summary>
internal sealed class LeaseRules(TimeProvider clock, ChangeAuthor author, IProcessProbe? probe, JournalOptions options)
{
    /// <summary>The tokens of records that this process carries out or is about to take, in whichever store.</summary>
    private static readonly ConcurrentDictionary<string, bool> Held = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (ObjectVersion Version, long Since)> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public TimeProvider Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    public long Timestamp => clock.GetTimestamp();

    public string Holder => author.ToString();

    /// <summary>A token of this process, held until it is dropped.</summary>
    public string NewToken()
    {
        var token = options.NewName();
        Held[token] = true;
        return token;
    }

    /// <summary>Says that nothing in this process carries out the record with this token any more, however it stands.</summary>
    public static void Drop(string token) => Held.TryRemove(token, out _);

    public Lease Make(string token, int beat = 0) => new(Holder, probe?.Self ?? ProcessIdentity.Unknown, token, beat & int.MaxValue);

    /// <summary>Whether the last sign of life is young enough for a write to follow without a new one.</summary>
    public bool IsFresh(long sent) => clock.GetElapsedTime(sent) < options.Lease / 3;

    /// <summary>
    /// What is known of who carries out a record. A process knows of its own records more than that it lives: what it dropped, cancelled or
    /// failed in the middle, is nobody's.
    /// </summary>
    public ProcessLife LifeOf(Lease? lease) =>
        lease is null ? ProcessLife.Dead
        : probe is null ? ProcessLife.Unknown
        : lease.Process.ProcessId > 0 && lease.Process == probe.Self && !Held.ContainsKey(lease.Token) ? ProcessLife.Dead
        : probe.LifeOf(lease.Process);

    /// <summary>Whether a record may be taken over: its process is dead, or not known to live and silent for a whole lease.</summary>
    public bool IsOver(ChangeRecord record, ObjectVersion version) =>
        LifeOf(record.Lease) switch
        {
            ProcessLife.Dead => true,
            ProcessLife.Alive => false,
            _ => HasStood(record.Cluster, version),
        };

    /// <summary>Whether a record has stood unchanged for a whole lease since this process first saw it.</summary>
    private bool HasStood(string cluster, ObjectVersion version)
    {
        lock (_gate)
        {
            if (!_seen.TryGetValue(cluster, out var seen) || seen.Version != version)
                _seen[cluster] = seen = (version, clock.GetTimestamp());
            return clock.GetElapsedTime(seen.Since) >= options.Lease;
        }
    }
}
