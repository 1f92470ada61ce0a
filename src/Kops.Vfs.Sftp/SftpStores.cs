using Kops.Vfs.Sftp.Configuration;

namespace Kops.Vfs.Sftp;

/// <summary>Opens directories on servers that are reached by SSH: one driver for each server and user.</summary>
public sealed class SftpStores
{
    private readonly Func<string, SftpOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, Store> _layers;
    private readonly Dictionary<(string Address, SftpOptions Options), (SftpStoreDriver Driver, Store Store)> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public SftpStores(Func<string, SftpOptions> options, TimeProvider clock, Func<Store, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? (store => store));

    /// <summary>Adds <c>ssh://</c> and <c>sftp://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var scheme in (string[])["ssh", "sftp"])
            registry.Add(scheme, Open);
    }

    /// <summary>
    /// The path for what the user wrote, for example <c>ssh://user@host:2222/srv/state </c>; <c>ssh://host/~/state </c> is below the user's
    /// home.
    /// </summary>
    /// <exception cref="StoreException">It names no server or no directory, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var address = SftpAddress.Parse(path);
        var options = _options(path);
        if (!_opened.TryGetValue((address.Text, options), out var opened))
        {
            var driver = new SftpStoreDriver(address.Root, address.Text, options, _clock);
            _opened[(address.Text, options)] = opened = (driver, _layers(new Store(address.Text, driver)));
        }

        if (address.Key.Length == 0)
            return opened.Store.Root;
        opened.Driver.Keep(address.Key);
        return opened.Store.Root.Join(address.Key);
    }
}
