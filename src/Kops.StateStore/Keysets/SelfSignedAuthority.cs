using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kops.StateStore.Keysets;

/// <summary>
/// Makes the certificate authorities that <c>update cluster</c> creates, as kOps makes them: RSA, signed by themselves with SHA-256, the
/// common name alone as subject, valid from two days ago for ten years of 365 days.
/// </summary>
public static class SelfSignedAuthority
{
    /// <summary>Length of the key in bits.</summary>
    public const int KeyBits = 2048;

    /// <summary>A new keyset with one new authority.</summary>
    /// <param name="name">The keyset's name, which is the common name too.</param>
    /// <param name="now">The time: validity and serial number come from it.</param>
    public static ClusterKeyset Create(string name, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var subject = new X500DistinguishedNameBuilder();

        // Go's x509 encodes names that are printable as PrintableString; .NET's own choice would be UTF8String.
        subject.Add("2.5.4.3", name, UniversalTagNumber.PrintableString);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        request.CertificateExtensions.Add(KeyIdentifier(request.PublicKey));
        var serial = SerialNumber(now);
        using var certificate = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            now.AddHours(-48),
            now.AddDays(3650),
            serial.ToByteArray(isUnsigned: true, isBigEndian: true));
        var id = serial.ToString(CultureInfo.InvariantCulture);
        var item = new KeysetItem(id, Pem(certificate.ExportCertificatePem()), Pem(key.ExportRSAPrivateKeyPem()));
        return new ClusterKeyset(name, [item], id);
    }

    /// <summary>A serial number: nanoseconds since 1970 in its upper part, so that numbers grow, and 32 random bits below.</summary>
    internal static BigInteger SerialNumber(DateTimeOffset now)
    {
        var random = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));
        return (new BigInteger((now - DateTimeOffset.UnixEpoch).Ticks * 100) << 32) | random;
    }

    /// <summary>The key's identifier as Go's x509 makes it: the first 160 bits of the SHA-256 (RFC 7093, section 2, method 1).</summary>
    internal static X509SubjectKeyIdentifierExtension KeyIdentifier(PublicKey key) =>
        new(SHA256.HashData(key.EncodedKeyValue.RawData).AsSpan(0, 20), critical: false);

    private static byte[] Pem(string text) => Encoding.ASCII.GetBytes(text.TrimEnd('\n') + "\n");
}
