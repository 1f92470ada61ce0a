namespace Kops.Terraform;

/// <summary>A file of a Terraform configuration.</summary>
/// <param name="Path">Its path in the configuration's folder, with slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record TerraformFile(string Path, ReadOnlyMemory<byte> Content);
