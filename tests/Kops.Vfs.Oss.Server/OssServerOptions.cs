namespace Kops.Vfs.Oss.Server;

/// <summary>Who may sign in, and what stands where.</summary>
public sealed record OssServerOptions
{
    /// <summary>The one region of this service.</summary>
    public string Region { get; init; } = "cn-hangzhou";

    /// <summary>The key of the owner, who may do all.</summary>
    public OssAccount Owner { get; init; } = new("LTAI-owner", "owner-secret-7f3a");

    /// <summary>Others, who may only read.</summary>
    public IReadOnlyList<OssAccount> Readers { get; init; } = [];

    /// <summary>In what it is otherwise than OSS.</summary>
    public OssQuirks Quirks { get; init; } = new();
}

/// <summary>A key.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Token">The token of STS without which it does not count; null for a key that lasts.</param>
/// <param name="Expires">When it ends; null for never.</param>
public sealed record OssAccount(string Id, string Secret, string? Token = null, DateTimeOffset? Expires = null);
