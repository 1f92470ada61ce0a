namespace Kops.StateStore.Changes.Journal;

/// <summary>Makes and judges leases.</summary>
internal sealed class LeaseMaker(TimeProvider clock, ChangeAuthor author, IProcessProbe? probe, JournalOptions options)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public string Holder => author.ToString();

    /// <summary>A lease from now on. Its token is unique and no secret, so a GUID does, which needs no OpenSSL.</summary>
    public Lease Make(string? token = null) =>
        new(Holder, probe?.Self ?? ProcessIdentity.Unknown, Now + options.Lease, token ?? Guid.NewGuid().ToString("N"));

    /// <summary>Whether most of the lease is left, so that a write may follow without a new sign of life.</summary>
    public bool IsFresh(Lease lease) => Now < lease.Expires - (options.Lease * 2 / 3);

    /// <summary>Whether the holder is dead or silent for too long.</summary>
    public bool IsOver(Lease? lease) => lease is null || Now >= lease.Expires || (probe?.IsDead(lease.Process) ?? false);
}
