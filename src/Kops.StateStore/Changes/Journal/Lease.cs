namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Who carries out a pending change. It says nothing of time: others measure by their own clocks for how long it stands unchanged.
/// </summary>
/// <param name="Holder">Whom to show: <c>user@host</c>.</param>
/// <param name="Process">The process, for those on the same machine.</param>
/// <param name="Token">Distinguishes two takings, by the same process too.</param>
/// <param name="Beat">Rises with each writing of the record, so that no two writings of it are equal.</param>
internal sealed record Lease(string Holder, ProcessIdentity Process, string Token, int Beat);
