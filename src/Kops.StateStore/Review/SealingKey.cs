namespace Kops.StateStore.Review;

/// <summary>The age identity of a directory, which is kept beside the sealed files, encrypted by a key management service.</summary>
/// <param name="Key">The service's key, as it was named.</param>
/// <param name="Recipient">The identity's public half.</param>
/// <param name="Digest">The digest (SHA-256, hexadecimal) of <see cref="FileName"/>.</param>
public sealed record SealingKey(string Key, string Recipient, string Digest)
{
    /// <summary>The file in the directory that holds the identity, encrypted.</summary>
    public const string FileName = "sealed-key.kms";
}
