namespace Kops.Vfs.AzureBlob;

/// <summary>Opens paths of Azure Blob Storage: one driver for each account and container.</summary>
public sealed class AzureBlobStores
{
    private const string Scheme = "azureblob";
    private readonly Func<string, AzureBlobOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, Store> _layers;
    private readonly Dictionary<(string Address, AzureBlobOptions Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public AzureBlobStores(Func<string, AzureBlobOptions> options, TimeProvider clock, Func<Store, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? (store => store));

    /// <summary>Adds <c>azureblob://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add(Scheme, Open);
    }

    /// <summary>The path for what the user wrote, <c>azureblob://account/container/key</c>.</summary>
    /// <exception cref="StoreException">It names no account or container, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path[(path.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/', 3);
        var (account, container) = (parts[0], parts.Length > 1 ? parts[1] : string.Empty);
        if ((AzureBlobNames.AccountProblem(account) ?? AzureBlobNames.ContainerProblem(container)) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, problem);
        var address = $"{Scheme}://{account}/{container}";
        // Parts of one container may have profiles of their own.
        var options = _options(path);
        if (!_opened.TryGetValue((address, options), out var store))
            _opened[(address, options)] = store = _layers(
                new Store(address, new AzureBlobStoreDriver(account, container, options, _clock))
            );
        var key = parts.Length > 2 ? parts[2].TrimEnd('/') : string.Empty;
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }
}
