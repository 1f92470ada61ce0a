using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kops.Vfs.S3.Transport;

/// <summary>Connections: reused, with time limits, and with the authorities that the user trusts. Proxies are those of the environment.</summary>
internal static class S3Network
{
    internal static HttpClient Create(S3Options options, TimeProvider clock)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        if (options.CertificateAuthorityFile is { } file) sockets.SslOptions.RemoteCertificateValidationCallback = Trusting(Load(file));
        var network = options.WrapNetwork?.Invoke(sockets) ?? sockets;
        return new HttpClient(new IdleTimeoutHandler(network, options.IdleTimeout, clock)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument, "open", file, "it should hold certificates of authorities in PEM form (KOPS_S3_CA_FILE, AWS_CA_BUNDLE)", false, e);
        }

        return authorities.Count > 0
            ? authorities
            : throw new StoreException(StoreErrorKind.InvalidArgument, "open", file, "it holds no certificate in PEM form (KOPS_S3_CA_FILE, AWS_CA_BUNDLE)");
    }

    /// <summary>Accepts what the system accepts, and chains that end in one of the given authorities. The name must match in any case.</summary>
    private static RemoteCertificateValidationCallback Trusting(X509Certificate2Collection authorities) => (_, certificate, chain, errors) =>
    {
        if (errors is SslPolicyErrors.None) return true;
        if (errors is not SslPolicyErrors.RemoteCertificateChainErrors || certificate is null) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>()) own.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(leaf);
    };
}
