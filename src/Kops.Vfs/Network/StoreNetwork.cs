using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Kops.Vfs.Network;

/// <summary>Connections: reused, with time limits, and with the authorities that the user trusts. Proxies are those of the environment.</summary>
public static class StoreNetwork
{
    /// <summary>Makes a client. It follows no redirects, keeps no cookies, and has no limit in time but the idle one.</summary>
    /// <exception cref="StoreException">The file of authorities cannot be read.</exception>
    public static HttpClient Create(NetworkOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new OneConnection();
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult(connection.Watch(context.PlaintextStream)),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = options.UseProxy,
            Proxy = options.Proxy is { } proxy ? ProxyAt(proxy) : null,
        };
        if (options.CertificateAuthorityFile is { } file) sockets.SslOptions.RemoteCertificateValidationCallback = Trusting(Load(file, options.CertificateAuthoritySource));
        // Asked for by name, and said in the documentation of the store to be for trials.
#pragma warning disable CA5359 // that is what was asked for
        if (options.AcceptAnyCertificate) sockets.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        options.Configure?.Invoke(sockets);
        var network = options.WrapNetwork?.Invoke(sockets) ?? sockets;
        return new HttpClient(new IdleTimeoutHandler(network, connection, options.IdleTimeout, clock)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static WebProxy ProxyAt(Uri proxy) => new(proxy)
    {
        Credentials = proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]
            ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : null,
    };

    private static X509Certificate2Collection Load(string file, string source)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StoreException(
                StoreErrorKind.InvalidArgument, "open", file, $"it should hold certificates of authorities in PEM form{Named(source)}", false, e);
        }

        return authorities.Count > 0
            ? authorities
            : throw new StoreException(StoreErrorKind.InvalidArgument, "open", file, $"it holds no certificate in PEM form{Named(source)}");
    }

    private static string Named(string source) => source.Length > 0 ? $" (named by {source})" : string.Empty;

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
