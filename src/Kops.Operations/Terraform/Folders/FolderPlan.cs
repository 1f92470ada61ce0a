namespace Kops.Operations.Terraform.Folders;

/// <summary>What is about to happen to the files of a folder.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Files">All files that are wanted or were written before, in the order in which they are written.</param>
public sealed record FolderPlan(string Path, IReadOnlyList<FolderFile> Files)
{
    /// <summary>Whether anything is written or deleted.</summary>
    public bool HasChanges => Files.Any(file => file.State is not (FolderFileState.Same or FolderFileState.Left));

    /// <summary>The files in that state.</summary>
    public IReadOnlyList<FolderFile> Of(FolderFileState state) => [.. Files.Where(file => file.State == state)];
}
