namespace Kops.StateStore.Changes.Moves.Records;

/// <summary>How far the move of a cluster is.</summary>
public enum MoveStatus
{
    /// <summary>Files are being copied. The cluster is the one at the old place.</summary>
    Copying,

    /// <summary>Everything is copied and verified, and the Cluster object is being written at the new place.</summary>
    Registering,

    /// <summary>The cluster is the one at the new place; the old files are still there.</summary>
    Moved,

    /// <summary>The old files are being removed.</summary>
    Finishing,

    /// <summary>The old files are gone.</summary>
    Finished,

    /// <summary>In the store that it goes to: its place is kept free until it has arrived.</summary>
    Arriving,
}
