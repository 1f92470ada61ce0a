using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kops.StateStore.Keysets;

/// <summary>
/// Makes the certificate authorities that <c>update cluster</c> creates, as kOps makes them: RSA, signed by themselves with SHA-256, the
/// common name alone as subject, valid from two days ago for ten years of 365 days.
/// </summary>
public static class SelfSignedAuthority
{
    /// <summary>Length of a key in bits, where nobody says another.</summary>
    public const int KeyBits = 2048;

    /// <summary>A new keyset with one new authority.</summary>
    /// <param name="name">The keyset's name, which is the common name too.</param>
    /// <param name="now">The time: validity and serial number come from it.</param>
    /// <param name="bits">Length of the key in bits.</param>
    public static ClusterKeyset Create(string name, DateTimeOffset now, int bits = KeyBits)
    {
        var material = KeyMaterial.Generate(name, now, isNumbered: false, bits);
        var item = new KeysetItem(material.ToString(), material.CertificatePem, material.PrivateKeyPem);
        return new ClusterKeyset(name, [item], item.Id);
    }

    /// <summary>A serial number: nanoseconds since 1970 in its upper part, so that numbers grow, and 32 random bits below.</summary>
    internal static BigInteger SerialNumber(DateTimeOffset now)
    {
        var random = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));
        return (new BigInteger((now - DateTimeOffset.UnixEpoch).Ticks * 100) << 32) | random;
    }

    /// <summary>A certificate for a key, signed by the key.</summary>
    internal static X509Certificate2 Sign(string name, DateTimeOffset now, AsymmetricAlgorithm key, bool isNumbered)
    {
        var serial = SerialNumber(now);
        var subject = new X500DistinguishedName(
            isNumbered ? Name(("2.5.4.3", name), ("2.5.4.5", serial.ToString(CultureInfo.InvariantCulture))) : Name(("2.5.4.3", name))
        );
        var (request, signer) = key switch
        {
            RSA rsa => (
                new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            ),
            ECDsa ec => (new CertificateRequest(subject, ec, HashAlgorithmName.SHA256), X509SignatureGenerator.CreateForECDsa(ec)),
            _ => throw new ArgumentException($"cannot sign with {key.GetType().Name}", nameof(key)),
        };
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        request.CertificateExtensions.Add(KeyIdentifier(request.PublicKey));
        return request.Create(
            request.SubjectName,
            signer,
            now.AddHours(-48),
            now.AddDays(3650),
            serial.ToByteArray(isUnsigned: true, isBigEndian: true)
        );
    }

    /// <summary>The key's identifier as Go's x509 makes it: the first 160 bits of the SHA-256 (RFC 7093, section 2, method 1).</summary>
    internal static X509SubjectKeyIdentifierExtension KeyIdentifier(PublicKey key) =>
        new(SHA256.HashData(key.EncodedKeyValue.RawData).AsSpan(0, 20), critical: false);

    /// <summary>
    /// A name of these parts in their order. Go's x509 encodes what is printable as PrintableString; .NET's own choice would be UTF8String.
    /// </summary>
    internal static byte[] Name(params ReadOnlySpan<(string Type, string Value)> parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (type, value) in parts)
            {
                using var set = writer.PushSetOf();
                using var pair = writer.PushSequence();
                writer.WriteObjectIdentifier(type);
                writer.WriteCharacterString(
                    value.All(IsPrintable) ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String,
                    value
                );
            }
        }

        return writer.Encode();
    }

    private static bool IsPrintable(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || " '()+,-./:=?*&".Contains(letter, StringComparison.Ordinal);
}
