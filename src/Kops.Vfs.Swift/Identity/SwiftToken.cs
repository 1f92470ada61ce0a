namespace Kops.Vfs.Swift.Identity;

/// <summary>A token, and the account that it is good for.</summary>
/// <param name="Value">The token.</param>
/// <param name="StorageUrl">The account's address, without a final slash.</param>
/// <param name="Expires">When it ends; null where nobody says.</param>
internal sealed record SwiftToken(string Value, Uri StorageUrl, DateTimeOffset? Expires)
{
    public override string ToString() => $"(a token for {StorageUrl})";
}
