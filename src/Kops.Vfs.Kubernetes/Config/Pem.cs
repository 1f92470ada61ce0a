using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>Certificates in PEM form.</summary>
internal static class Pem
{
    /// <summary>The certificate of a client with its key, and those between it and its authority.</summary>
    /// <exception cref="CryptographicException">They are no such thing, or do not belong together.</exception>
    internal static X509Certificate2Collection Client(string certificates, string key)
    {
        var all = Authorities(certificates);
        using var own = X509Certificate2.CreateFromPem(certificates, key);
        // A key that was just read cannot be used for TLS on every system; one from a PKCS#12 file can.
        all[0] = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        return all;
    }

    internal static X509Certificate2Collection Authorities(string certificates)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(certificates);
        return all.Count > 0 ? all : throw new CryptographicException("it holds no certificate in PEM form");
    }
}
