using System.Net;
using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// Connections: reused, with time limits, and with the authorities that the user trusts. Proxies are those of the environment.
/// </summary>
public static class StoreNetwork
{
    /// <summary>Makes a client. It follows no redirects, keeps no cookies, and has no limit in time but the idle one.</summary>
    /// <param name="options">How the server is reached.</param>
    /// <param name="clock">The time.</param>
    /// <param name="trace">Is told of each try; null for nobody.</param>
    /// <param name="isOwn">Whether an answer is the service's own, for drivers on an SDK; null where that is seen to elsewhere.
    /// </param>
    /// <exception cref="StoreException">The file of authorities cannot be read.</exception>
    /// <exception cref="ArgumentException">Handlers are given, and how connections are made is said too.</exception>
    public static HttpClient Create(
        NetworkOptions options,
        TimeProvider clock,
        RequestTrace? trace = null,
        Func<HttpResponseMessage, bool>? isOwn = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new OneConnection();
        HttpMessageHandler own = options.HttpHandlers is { } handlers
            ? new GivenHandlers(handlers, options)
            : OpenSockets(options, connection);
        var network = options.WrapNetwork?.Invoke(own) ?? own;
        HttpMessageHandler handler = new IdleTimeoutHandler(network, connection, options.IdleTimeout, clock);
        if (trace is not null)
            handler = trace.Around(handler, clock);
        if (isOwn is not null)
            handler = new OwnAnswers(handler, isOwn);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static SocketsHttpHandler OpenSockets(NetworkOptions options, OneConnection connection)
    {
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
        if (options.CertificateAuthorityFile is { } file)
            sockets.SslOptions.RemoteCertificateValidationCallback = new TrustedAuthorities(
                file,
                options.CertificateAuthoritySource
            ).Accept;
        // Asked for by name, and said in the documentation of the store to be for trials.
#pragma warning disable CA5359 // that is what was asked for
        if (options.AcceptAnyCertificate)
            sockets.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        if (OperatingSystem.IsLinux())
            sockets.ConnectCallback = PromptConnection.OpenAsync;
        options.Configure?.Invoke(sockets);
        return sockets;
    }

    private static WebProxy ProxyAt(Uri proxy) =>
        new(proxy)
        {
            Credentials = proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]
                ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
                : null,
        };
}
