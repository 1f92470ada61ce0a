using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;

namespace Kops.Operations.Events;

/// <summary>A cluster that is read has moved to another store, and what is read are its old files.</summary>
/// <param name="Move">The record of the move.</param>
public sealed record ClusterMoved(MoveRecord Move) : OperationEvent(EventLevel.Note)
{
    /// <inheritdoc/>
    public override string Message =>
        $"cluster \"{Move.Cluster}\" has moved to {Move.To}, and is changed there; these are its old files, which 'kops state "
        + $"move {Move.Cluster} --finish' removes.";
}
