using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kops.StateStore.Keysets;

/// <summary>What a certificate says.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="Issued">From when it is valid.</param>
/// <param name="Expires">Until when.</param>
/// <param name="AlternateNames">The DNS names and addresses that it holds for.</param>
public sealed record CertificateFacts(string Subject, DateTimeOffset Issued, DateTimeOffset Expires, IReadOnlyList<string> AlternateNames)
{
    /// <summary>Reads a certificate from PEM; null when it is none.</summary>
    internal static CertificateFacts? Read(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            return new CertificateFacts(
                certificate.Subject,
                new DateTimeOffset(certificate.NotBefore).ToUniversalTime(),
                new DateTimeOffset(certificate.NotAfter).ToUniversalTime(),
                names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
