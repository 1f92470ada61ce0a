using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kops.Vfs.Rest.Network;

/// <summary>The authorities in a user's file, which count besides those of the system.</summary>
/// <remarks>
/// The file is looked at when a client is made, but its certificates are read when a server needs them: a bundle holds over a hundred,
/// which
/// take longer to read than a short command lasts, and most servers have one that the system knows.
/// </remarks>
internal sealed class TrustedAuthorities
{
    private readonly string _file;
    private readonly string _named;
    private readonly Lazy<X509Certificate2Collection> _certificates;

    /// <exception cref="StoreException">The file cannot be read, or holds no certificate.</exception>
    internal TrustedAuthorities(string file, string source)
    {
        (_file, _named) = (file, source.Length > 0 ? $" (named by {source})" : string.Empty);
        try
        {
            if (!HoldsCertificate(File.ReadAllText(file)))
                throw new StoreException(StoreErrorKind.InvalidArgument, "open", file, $"it holds no certificate in PEM form{_named}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "open",
                file,
                $"it should hold certificates of authorities in PEM form{_named}",
                false,
                e
            );
        }

        _certificates = new(Load);
    }

    /// <summary>Accepts what the system accepts, and chains that end in one of the authorities. The name must match in any case.</summary>
    internal bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None)
            return true;
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is null)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_certificates.Value);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(leaf);
    }

    private static bool HoldsCertificate(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out var found))
        {
            if (text[found.Label] is "CERTIFICATE")
                return true;
            text = text[found.Location.End..];
        }

        return false;
    }

    private X509Certificate2Collection Load()
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(_file);
            return authorities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AuthenticationException($"{_file}{_named} holds a certificate that cannot be read: {e.Message}", e);
        }
    }
}
