namespace Kops.Vfs.Gcs.Credentials;

/// <summary>An access token. Its text form shows no secret.</summary>
/// <param name="Value">The token.</param>
/// <param name="Expires">When it stops being valid.</param>
internal sealed record GoogleToken(string Value, DateTimeOffset Expires)
{
    public override string ToString() => $"token until {Expires:u}";
}
