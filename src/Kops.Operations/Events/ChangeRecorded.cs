using Kops.StateStore.Changes;

namespace Kops.Operations.Events;

/// <summary>A change was made and stands in the history.</summary>
/// <param name="Id">Its name there.</param>
/// <param name="Changes">What was changed.</param>
public sealed record ChangeRecorded(string Id, ChangeSet Changes) : OperationEvent(EventLevel.Trace)
{
    /// <inheritdoc/>
    public override string Message => $"Recorded as {Id}; 'kops undo {Id}' takes it back.";
}
