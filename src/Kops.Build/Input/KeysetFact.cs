namespace Kops.Build.Input;

/// <summary>What machines are told of a keyset. Nothing of a private key.</summary>
/// <param name="Name">Its name: <c>kubernetes-ca</c>.</param>
/// <param name="PrimaryId">The id of the item that is in use.</param>
/// <param name="Certificates">The certificates that are trusted, oldest first, as PEM, each ended by a line break.</param>
public sealed record KeysetFact(string Name, string PrimaryId, IReadOnlyList<string> Certificates)
{
    /// <summary>The certificates that are trusted, as one text.</summary>
    public string Bundle => string.Concat(Certificates);
}
