using Kops.Vfs.Drivers;

namespace Kops.Vfs;

/// <summary>Opens the paths of one kind of store: one driver for each store and each way to reach it.</summary>
/// <typeparam name="TOptions">How stores of this kind are reached.</typeparam>
public sealed class StoreOpener<TOptions>
    where TOptions : notnull
{
    private readonly DriverKind<TOptions> _kind;
    private readonly Func<string, TOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, TOptions, Store> _layers;
    private readonly Dictionary<(string Address, object Options), (IStoreDriver Driver, Store Store)> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="kind">The kind of store.</param>
    /// <param name="options">The options for a path as the user wrote it: parts of one store may have profiles of their own.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. Drivers try again by themselves.</param>
    public StoreOpener(
        DriverKind<TOptions> kind,
        Func<string, TOptions> options,
        TimeProvider clock,
        Func<Store, TOptions, Store>? layers = null
    ) => (_kind, _options, _clock, _layers) = (kind, options, clock, layers ?? ((store, _) => store));

    /// <summary>Adds the kind's schemes to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var scheme in _kind.Schemes)
            registry.Add(scheme, Open);
    }

    /// <summary>The path for what the user wrote.</summary>
    /// <exception cref="StoreException">It leads nowhere, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var place = _kind.Locate(path);
        var options = _options(path);
        var identity = (place.Address, _kind.Identity(options));
        if (!_opened.TryGetValue(identity, out var opened))
        {
            var driver = place.Open(options, _clock);
            _opened[identity] = opened = (driver, _layers(new Store(place.Address, driver), options));
        }

        place.Visit?.Invoke(opened.Driver);
        return place.Key.Length == 0 ? opened.Store.Root : opened.Store.Root.Join(place.Key);
    }
}
