namespace Kops.StateStore.Changes.Journal;

/// <summary>Who carries out a pending change, and until when others leave it to them.</summary>
/// <param name="Holder">Whom to show: <c>user@host</c>.</param>
/// <param name="Process">The process, for those on the same machine.</param>
/// <param name="Expires">When others may take over.</param>
/// <param name="Token">Distinguishes two takings by the same process.</param>
internal sealed record Lease(string Holder, ProcessIdentity Process, DateTimeOffset Expires, string Token);
