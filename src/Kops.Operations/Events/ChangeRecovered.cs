using Kops.StateStore.Changes.Journal;

namespace Kops.Operations.Events;

/// <summary>A change that somebody was interrupted in was found, and finished or undone where that could be.</summary>
/// <param name="Change">The change, and what was done about it.</param>
public sealed record ChangeRecovered(RecoveredChange Change)
    : OperationEvent(Change.Result is RecoveryResult.Failed ? EventLevel.Warning : EventLevel.Note)
{
    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            var what = Change.Record is { } record
                ? $"'{record.Title}' of {record.Author} on cluster \"{Change.Cluster}\""
                : $"a change of cluster \"{Change.Cluster}\"";
            return Change.Result switch
            {
                RecoveryResult.Finished => $"{what} was interrupted; it is finished now.",
                RecoveryResult.Undone => $"{what} was interrupted; it is undone now.",
                RecoveryResult.InProgress => $"{what} is going on.",
                RecoveryResult.Interrupted => $"{what} was interrupted; the next command that changes the cluster settles it.",
                _ => $"{what} cannot be settled now: {Change.Error?.Message}",
            };
        }
    }
}
