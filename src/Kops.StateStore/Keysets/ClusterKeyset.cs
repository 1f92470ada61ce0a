namespace Kops.StateStore.Keysets;

/// <summary>
/// A keyset: the certificates and private keys of one purpose, one of which is in use and the others of which are trusted.
/// </summary>
/// <param name="Name">Its name, for example <c>kubernetes-ca</c>.</param>
/// <param name="Items">Its items, oldest first.</param>
/// <param name="PrimaryId">The id of the item that is in use, as stored.</param>
public sealed record ClusterKeyset(string Name, IReadOnlyList<KeysetItem> Items, string? PrimaryId)
{
    /// <summary>
    /// The item that is in use: the one that the keyset names unless it is distrusted, else the newest trusted one (the highest whole
    /// number among the ids). Null when there is none.
    /// </summary>
    public KeysetItem? Primary =>
        Items.FirstOrDefault(item => item.Id == PrimaryId && item.Distrusted is null)
        ?? Items
            .Where(item => item.Distrusted is null && KeysetItemOrder.Number(item.Id) is not null)
            .MaxBy(item => KeysetItemOrder.Number(item.Id));

    /// <summary>The trusted certificates, oldest first, as one PEM text: what nodes are given.</summary>
    public byte[] TrustBundle() => [.. Items.Where(item => item.Distrusted is null).SelectMany(item => item.CertificatePem.ToArray())];

    /// <summary>The name alone: keys do not belong in a message or a log.</summary>
    public override string ToString() => Name;
}
