namespace Kops.Vfs.S3.Configuration;

/// <summary>A static access key. Its text form shows no secret.</summary>
/// <param name="Id">The access key's id.</param>
/// <param name="Secret">The secret access key.</param>
public sealed record S3AccessKey(string Id, string Secret)
{
    /// <summary>The token of the session that the key belongs to; null for a key that lasts.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Who gave the key and who gave the secret, for messages.</summary>
    public (string Id, string Secret) Source { get; init; } = ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY");

    /// <inheritdoc/>
    public override string ToString() => $"access key {Id}";
}
