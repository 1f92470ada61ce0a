using Kops.Vfs.Profiles;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Rest.Network;

/// <summary>Reads what users say of the network.</summary>
public static class NetworkReading
{
    /// <summary>Puts what was said of the network into a driver's options.</summary>
    /// <param name="settings">What was said.</param>
    /// <param name="options">The options.</param>
    /// <param name="authorityVariables">The variables that name authorities, for stores without a profile.</param>
    /// <exception cref="StoreException">A value is wrong; the message names it.</exception>
    public static T WithNetwork<T>(this StoreSettings settings, T options, params string[] authorityVariables)
        where T : NetworkOptions
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        var authorities = NetworkSettings.Authorities with { Variables = authorityVariables };
        return options with
        {
            CertificateAuthorityFile = settings.Get(authorities) ?? options.CertificateAuthorityFile,
            CertificateAuthoritySource = settings.Get(authorities) is null
                ? options.CertificateAuthoritySource
                : settings.NameOf(authorities),
            Proxy = settings.Get(NetworkSettings.Proxy) is "none"
                ? null
                : settings.AddressWithUser(NetworkSettings.Proxy, "http", "http://proxy.example.com:3128") ?? options.Proxy,
            UseProxy = settings.Get(NetworkSettings.Proxy) is not "none" && options.UseProxy,
            ConnectTimeout = settings.Seconds(NetworkSettings.ConnectTimeout) ?? options.ConnectTimeout,
            IdleTimeout = settings.Seconds(NetworkSettings.IdleTimeout) ?? options.IdleTimeout,
            RetryFor = settings.Seconds(NetworkSettings.RetryFor) ?? options.RetryFor,
            MaxRetries = settings.Number(NetworkSettings.MaxRetries) ?? options.MaxRetries,
        };
    }
}
