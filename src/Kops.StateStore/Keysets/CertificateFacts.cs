using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kops.StateStore.Keysets;

/// <summary>What a certificate says.</summary>
/// <param name="Subject">Its subject, written as Go writes names.</param>
/// <param name="Issued">From when it is valid.</param>
/// <param name="Expires">Until when.</param>
/// <param name="AlternateNames">The DNS names and addresses that it holds for.</param>
public sealed record CertificateFacts(string Subject, DateTimeOffset Issued, DateTimeOffset Expires, IReadOnlyList<string> AlternateNames)
{
    /// <summary>Who signed it, written as Go writes names.</summary>
    public string Issuer { get; private init; } = string.Empty;

    /// <summary>Whether it may sign others.</summary>
    public bool IsAuthority { get; private init; }

    /// <summary>Length of an RSA key in bits; null for other keys.</summary>
    public int? KeyBits { get; private init; }

    /// <summary>Its serial number.</summary>
    public BigInteger Serial { get; private init; }

    /// <summary>Reads a certificate from PEM; null when it is none.</summary>
    internal static CertificateFacts? Read(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            using var key = certificate.GetRSAPublicKey();
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            return new CertificateFacts(
                NameText.Of(certificate.SubjectName),
                new DateTimeOffset(certificate.NotBefore).ToUniversalTime(),
                new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
                names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
            )
            {
                Issuer = NameText.Of(certificate.IssuerName),
                IsAuthority = certificate
                    .Extensions.OfType<X509BasicConstraintsExtension>()
                    .Any(extension => extension.CertificateAuthority),
                KeyBits = key?.KeySize,
                Serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true),
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
