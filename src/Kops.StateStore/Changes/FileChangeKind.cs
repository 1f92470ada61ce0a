namespace Kops.StateStore.Changes;

/// <summary>What a change does to a file.</summary>
public enum FileChangeKind
{
    /// <summary>Writes a file where none stood.</summary>
    Create,

    /// <summary>Writes a file over another.</summary>
    Replace,

    /// <summary>Takes a file away.</summary>
    Delete,
}
