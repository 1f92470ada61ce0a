namespace Kops.Operations.Terraform.Folders;

/// <summary>A file that shall stand in a folder.</summary>
/// <param name="Path">Its path within the folder, with slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record FolderContent(string Path, ReadOnlyMemory<byte> Content);
