namespace Kops.Cloud.Aws;

/// <summary>An access key of AWS.</summary>
/// <param name="Id">Its id, which is no secret.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Token">The session's token; null for a key that lasts.</param>
public sealed record AwsAccessKey(string Id, string Secret, string? Token)
{
    /// <summary>The id alone.</summary>
    public override string ToString() => Id;
}
