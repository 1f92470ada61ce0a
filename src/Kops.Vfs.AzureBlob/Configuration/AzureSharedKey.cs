namespace Kops.Vfs.AzureBlob.Configuration;

/// <summary>A key of a storage account. Its text form shows no secret.</summary>
/// <param name="Value">The key in Base64, as the portal shows it.</param>
public sealed record AzureSharedKey(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => "shared key";
}
