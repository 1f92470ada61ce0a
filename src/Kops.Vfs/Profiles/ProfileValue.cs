namespace Kops.Vfs.Profiles;

/// <summary>What a profile says of one setting. Its text form shows the place alone, since the value may be a secret.</summary>
/// <param name="Text">The value.</param>
/// <param name="Place">Where it stands, for messages: <c>/home/me/.kops/config:12</c>.</param>
public sealed record ProfileValue(string Text, string Place)
{
    /// <inheritdoc/>
    public override string ToString() => Place;
}
