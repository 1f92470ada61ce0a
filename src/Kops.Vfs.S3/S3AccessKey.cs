namespace Kops.Vfs.S3;

/// <summary>A static access key. Its text form shows no secret.</summary>
/// <param name="Id">The access key's id.</param>
/// <param name="Secret">The secret access key.</param>
public sealed record S3AccessKey(string Id, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => $"access key {Id}";
}
