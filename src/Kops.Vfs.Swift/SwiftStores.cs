using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Swift;

/// <summary>Opens paths of OpenStack Swift: one driver for each container, with the lock that makes its conditions safe.</summary>
public sealed class SwiftStores
{
    private const string Scheme = "swift://";
    private readonly Func<string, SwiftOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, Store> _layers;
    private readonly Dictionary<(string Address, SwiftOptions Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public SwiftStores(Func<string, SwiftOptions> options, TimeProvider clock, Func<Store, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? (store => store));

    /// <summary>Adds <c>swift://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("swift", Open);
    }

    /// <summary>The path for what the user wrote, for example <c>swift://container/prefix</c>.</summary>
    /// <exception cref="StoreException">It names no container, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.IndexOf('/', Scheme.Length);
        var address = slash < 0 ? path : path[..slash];
        var container = address[Scheme.Length..];
        if (Validate(container) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, problem);
        var options = _options(path);
        if (!_opened.TryGetValue((address, options), out var store))
            _opened[(address, options)] = store = _layers(new Store(address, Open(container, address, options, _clock)));

        var key = slash < 0 ? string.Empty : path[(slash + 1)..].TrimEnd('/');
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }

    /// <summary>A container's driver within its lock.</summary>
    internal static LockLayer Open(string container, string address, SwiftOptions options, TimeProvider clock) =>
        new(new SwiftStoreDriver(container, address, options, clock), address, options.Lock, clock);

    /// <remarks>Source: Object Storage API, "Containers": up to 256 bytes, no slash.</remarks>
    private static string? Validate(string container)
    {
        if (container.Length == 0)
            return "it names no container; write swift://CONTAINER/path";
        if (container is "." or "..")
            return $"'{container}' is no container's name";
        return System.Text.Encoding.UTF8.GetByteCount(container) > 256 ? "the container's name is longer than 256 bytes" : null;
    }
}
