using System.Text;

namespace Kops.StateStore.Keysets;

/// <summary>A key of a keyset: a certificate, with or without its private key.</summary>
public sealed class KeysetItem
{
    private readonly Lazy<CertificateFacts?> _facts;

    /// <summary>Creates an item.</summary>
    /// <param name="id">Its id, usually its certificate's serial number in decimal digits.</param>
    /// <param name="certificatePem">The certificate as PEM.</param>
    /// <param name="privateKeyPem">The private key as PEM; null for a certificate alone.</param>
    /// <param name="distrusted">Since when it is no longer trusted; null while it is.</param>
    public KeysetItem(
        string id,
        ReadOnlyMemory<byte> certificatePem,
        ReadOnlyMemory<byte>? privateKeyPem,
        DateTimeOffset? distrusted = null
    )
    {
        (Id, CertificatePem, PrivateKeyPem, Distrusted) = (id, certificatePem, privateKeyPem, distrusted);
        _facts = new(() => CertificateFacts.Read(Encoding.UTF8.GetString(CertificatePem.Span)));
    }

    /// <summary>The item's id.</summary>
    public string Id { get; }

    /// <summary>The certificate as PEM; empty when there is none.</summary>
    public ReadOnlyMemory<byte> CertificatePem { get; }

    /// <summary>The private key as PEM; null when the keyset does not hold it.</summary>
    public ReadOnlyMemory<byte>? PrivateKeyPem { get; }

    /// <summary>Since when the item is no longer trusted; null while it is.</summary>
    public DateTimeOffset? Distrusted { get; }

    /// <summary>Whether the private key is there.</summary>
    public bool HasPrivateKey => PrivateKeyPem is not null;

    /// <summary>What the certificate says; null when there is none, or it cannot be read.</summary>
    public CertificateFacts? Certificate => _facts.Value;

    /// <summary>The id alone: a private key does not belong in a message or a log.</summary>
    public override string ToString() => Id;
}
