namespace Kops.StateStore.Changes.History;

/// <summary>What taking a change back would do.</summary>
/// <param name="Changes">The inverse, conditional on the present state. Empty when everything stands as before the change already.</param>
/// <param name="Changed">Files that others changed since, which therefore are not in <paramref name="Changes"/>.</param>
/// <param name="NotKept">Files whose content before is a private key, a secret or a backup, which the journal does not keep.</param>
public sealed record UndoPlan(ChangeSet Changes, IReadOnlyList<string> Changed, IReadOnlyList<string> NotKept)
{
    /// <summary>Whether <see cref="Changes"/> brings everything back.</summary>
    public bool IsWhole => Changed.Count == 0 && NotKept.Count == 0;
}
