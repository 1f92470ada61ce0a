namespace Kops.Vfs.AzureBlob.Configuration;

/// <summary>A shared access signature. Its text form shows no secret.</summary>
/// <param name="Token">The token, a URL's query; a leading <c>?</c> may stand or be left out.</param>
public sealed record AzureSas(string Token)
{
    /// <inheritdoc/>
    public override string ToString() => "shared access signature";
}
