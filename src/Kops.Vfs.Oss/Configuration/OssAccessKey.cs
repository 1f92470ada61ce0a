namespace Kops.Vfs.Oss.Configuration;

/// <summary>An AccessKey pair, with the token that belongs to a temporary one.</summary>
/// <param name="Id">The AccessKey ID, which is no secret.</param>
/// <param name="Secret">The AccessKey secret.</param>
/// <param name="SecurityToken">The token of STS; null for a key that lasts.</param>
/// <param name="Expires">When it ends; null for a key that lasts.</param>
public sealed record OssAccessKey(string Id, string Secret, string? SecurityToken = null, DateTimeOffset? Expires = null)
{
    /// <summary>The key without its secrets.</summary>
    public override string ToString() => $"AccessKey {Id}";
}
