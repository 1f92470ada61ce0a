namespace Kops.Vfs.Profiles;

/// <summary>What can be said of every store over a network.</summary>
public static class NetworkSettings
{
    /// <summary>The authorities to trust.</summary>
    public static StoreSetting Authorities { get; } =
        new("ca", "a file with PEM certificates of authorities that are trusted besides the system's");

    /// <summary>The proxy.</summary>
    public static StoreSetting Proxy { get; } = new("proxy", "the address of the proxy, in place of HTTPS_PROXY; `none` for no proxy");

    /// <summary>The time to connect.</summary>
    public static StoreSetting ConnectTimeout { get; } = new("connectTimeout", "seconds that a connection may take to be made (10)");

    /// <summary>The time without a byte.</summary>
    public static StoreSetting IdleTimeout { get; } =
        new("idleTimeout", "seconds that a request may go without a byte in either direction (60)");

    /// <summary>Tries.</summary>
    public static StoreSetting MaxRetries { get; } = new("maxRetries", "how often a request is sent again at most (8)");

    /// <summary>The time of all tries.</summary>
    public static StoreSetting RetryFor { get; } = new("retryFor", "seconds after which no new try begins (60)");

    /// <summary>Where credentials are taken from.</summary>
    public static StoreSetting EnvironmentPrefix { get; } =
        new(
            "credentials.envPrefix",
            "takes the store's credentials from the usual variables with this before their names: with `BACKUP_` from "
                + "`BACKUP_S3_ACCESS_KEY_ID`"
        );

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<StoreSetting> All { get; } =
    [Authorities, Proxy, ConnectTimeout, IdleTimeout, MaxRetries, RetryFor, EnvironmentPrefix];
}
