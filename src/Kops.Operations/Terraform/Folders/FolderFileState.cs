namespace Kops.Operations.Terraform.Folders;

/// <summary>How a file of a folder is, and what happens to it.</summary>
public enum FolderFileState
{
    /// <summary>It is as it shall be.</summary>
    Same,

    /// <summary>It is not there, and is made.</summary>
    New,

    /// <summary>It is as it was written last, and is written anew.</summary>
    Changed,

    /// <summary>It is as it was written last, and is not wanted any more: it is deleted.</summary>
    Obsolete,

    /// <summary>Somebody else wrote or changed it, and something else shall stand there.</summary>
    Foreign,

    /// <summary>It is not wanted any more, but somebody changed it: it stays.</summary>
    Left,
}
