using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Makes leases, and judges those of others: by what is known of their process, and by how long their record has stood unchanged under the
/// eyes of this process, on its own clock. Clocks are never compared.
/// </summary>
internal sealed class LeaseRules(TimeProvider clock, ChangeAuthor author, IProcessProbe? probe, JournalOptions options)
{
    private readonly Dictionary<string, (ObjectVersion Version, long Since)> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public TimeProvider Clock => clock;

    public DateTimeOffset Now => clock.GetUtcNow();

    public long Timestamp => clock.GetTimestamp();

    public string Holder => author.ToString();

    public string NewToken() => options.NewName();

    public Lease Make(string token, int beat = 0) => new(Holder, probe?.Self ?? ProcessIdentity.Unknown, token, beat & int.MaxValue);

    /// <summary>Whether the last sign of life is young enough for a write to follow without a new one.</summary>
    public bool IsFresh(long sent) => clock.GetElapsedTime(sent) < options.Lease / 3;

    public ProcessLife LifeOf(Lease? lease) => lease is null ? ProcessLife.Dead : probe?.LifeOf(lease.Process) ?? ProcessLife.Unknown;

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
