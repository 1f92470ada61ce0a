using Kops.StateStore.Changes.Journal;
using Kops.Vfs;

namespace Kops.StateStore.Changes;

/// <summary>How applying a change set ended. A conflict is an expected end, so it is a value.</summary>
[MustUse]
public abstract record ApplyResult
{
    private ApplyResult() { }

    /// <summary>There was nothing to do; nothing was written or recorded.</summary>
    public sealed record Unchanged : ApplyResult;

    /// <summary>Everything stands as the change set says.</summary>
    /// <param name="Id">The change's name in the history.</param>
    public sealed record Applied(string Id) : ApplyResult
    {
        /// <summary>
        /// Why its record is not in the history yet, though the change is made; null where it is. The next change of the cluster moves it
        /// there, or says the same.
        /// </summary>
        public string? NotInHistory { get; init; }
    }

    /// <summary>Some files are no longer as they were read. Nothing was changed, or what was changed has been changed back.</summary>
    /// <param name="Files">The files that others changed meanwhile.</param>
    /// <param name="Outcome">
    /// <see cref="ChangeOutcome.Undone"/>; <see cref="ChangeOutcome.Applied"/> in the rare case that a secret had been replaced or deleted,
    /// so that there
    /// was no way back, and everything but <paramref name="Remaining"/> was written.
    /// </param>
    /// <param name="Remaining">Files that could not be brought to that outcome, since others changed them. Nearly always empty.</param>
    public sealed record Conflict(IReadOnlyList<FileConflict> Files, ChangeOutcome Outcome, IReadOnlyList<string> Remaining) : ApplyResult;
}
