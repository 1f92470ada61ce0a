namespace Kops.Operations.Terraform.Folders;

/// <summary>A file of a folder that is about to be written.</summary>
/// <param name="Path">Its path within the folder, with slashes.</param>
/// <param name="State">How it is, and what happens to it.</param>
/// <param name="Content">What shall stand in it; null where nothing shall.</param>
public sealed record FolderFile(string Path, FolderFileState State, ReadOnlyMemory<byte>? Content);
