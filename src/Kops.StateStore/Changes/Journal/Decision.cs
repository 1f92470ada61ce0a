namespace Kops.StateStore.Changes.Journal;

/// <summary>What becomes of a change that stopped in the middle.</summary>
internal enum Decision
{
    /// <summary>The rest is written.</summary>
    Finish,

    /// <summary>What was written is changed back.</summary>
    Undo,
}
