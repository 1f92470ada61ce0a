using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.StateStore.Errors;

namespace Kops.StateStore.Keysets;

/// <summary>A certificate with or without its private key, before it has its place in a keyset.</summary>
public sealed class KeyMaterial
{
    private KeyMaterial(X509Certificate2 certificate, AsymmetricAlgorithm? key)
    {
        Serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        CertificatePem = Pem(certificate.ExportCertificatePem());
        PrivateKeyPem = key switch
        {
            RSA rsa => (ReadOnlyMemory<byte>?)Pem(rsa.ExportRSAPrivateKeyPem()),
            ECDsa ec => Pem(ec.ExportECPrivateKeyPem()),
            _ => default(ReadOnlyMemory<byte>?),
        };
    }

    /// <summary>The certificate's serial number.</summary>
    public BigInteger Serial { get; }

    /// <summary>The certificate as PEM.</summary>
    public ReadOnlyMemory<byte> CertificatePem { get; }

    /// <summary>The private key as PEM, in the old forms that kOps writes; null for a certificate alone.</summary>
    public ReadOnlyMemory<byte>? PrivateKeyPem { get; }

    /// <summary>A new key pair: an authority that signs itself.</summary>
    /// <param name="keyset">The keyset's name, which is the common name too.</param>
    /// <param name="now">The time: validity and serial number come from it.</param>
    /// <param name="isNumbered">
    /// Whether the subject holds the serial number too, as in those that are added to a keyset: authorities with one name differ by it.
    /// </param>
    /// <param name="bits">Length of the key in bits.</param>
    public static KeyMaterial Generate(string keyset, DateTimeOffset now, bool isNumbered, int bits = SelfSignedAuthority.KeyBits)
    {
        using var key = RSA.Create(bits);
        using var certificate = SelfSignedAuthority.Sign(keyset, now, key, isNumbered);
        return new KeyMaterial(certificate, key);
    }

    /// <summary>
    /// What a user hands in: a certificate, a private key, or both. A key alone is given a certificate that it signs itself.
    /// </summary>
    /// <param name="certificate">PEM of the certificate, and the name of its file; null for none.</param>
    /// <param name="privateKey">PEM of the key (<c>RSA PRIVATE KEY</c>, <c>EC PRIVATE KEY</c> or <c>PRIVATE KEY</c>, not encrypted), and
    /// the name of its file; null for none.</param>
    /// <param name="keyset">The keyset's name.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="StateStoreException">One cannot be read, or the key is not the certificate's. The message holds nothing of a
    /// key.</exception>
    public static KeyMaterial Read(
        (string Pem, string Source)? certificate,
        (string Pem, string Source)? privateKey,
        string keyset,
        DateTimeOffset now
    )
    {
        using var key = privateKey is { } given ? ReadKey(given.Pem, given.Source) : null;
        if (certificate is not { } own)
        {
            ArgumentNullException.ThrowIfNull(key, nameof(privateKey));
            using var signed = SelfSignedAuthority.Sign(keyset, now, key, isNumbered: true);
            return new KeyMaterial(signed, key);
        }

        using var read = ReadCertificate(own.Pem, own.Source);
        return key is null || key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(read.PublicKey.ExportSubjectPublicKeyInfo())
            ? new KeyMaterial(read, key)
            : throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the private key in {privateKey!.Value.Source} is not that of the certificate in {own.Source}"
            );
    }

    /// <summary>The serial number alone: a private key does not belong in a message or a log.</summary>
    public override string ToString() => Serial.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static byte[] Pem(string text) => Encoding.ASCII.GetBytes(text.TrimEnd('\n') + "\n");

    private static X509Certificate2 ReadCertificate(string pem, string source)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{source} holds no certificate; expected PEM with '-----BEGIN CERTIFICATE-----'"
            );
        }
    }

    internal static KeyMaterial Of(X509Certificate2 certificate, AsymmetricAlgorithm key) => new(certificate, key);

    internal static AsymmetricAlgorithm ReadKey(string pem, string source)
    {
        foreach (var empty in (Func<AsymmetricAlgorithm>[])[RSA.Create, ECDsa.Create])
        {
            var key = empty();
            try
            {
                key.ImportFromPem(pem);
                return key;
            }
            catch (Exception other) when (other is CryptographicException or ArgumentException)
            {
                // The message of the library may quote the text.
                key.Dispose();
            }
        }

        throw new StateStoreException(
            StateErrorKind.Invalid,
            $"{source} holds no private key that can be used; expected PEM with '-----BEGIN RSA PRIVATE KEY-----', 'EC PRIVATE KEY' or "
                + $"'PRIVATE KEY', not encrypted"
        );
    }
}
