namespace Kops.Vfs.S3;

/// <summary>Opens paths of S3 services: one driver for each scheme and bucket.</summary>
public sealed class S3Stores
{
    private readonly Func<string, S3Options> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, S3Options, Store> _layers;
    private readonly Dictionary<(string Address, S3Options Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public S3Stores(Func<string, S3Options> options, TimeProvider clock, Func<Store, S3Options, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? ((store, _) => store));

    /// <summary>Adds <c>s3://</c>, <c>do://</c>, <c>hos://</c>, <c>linode://</c> and <c>scw://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("s3", Open);
        foreach (var scheme in S3Presets.SchemesWithEndpoint)
            registry.Add(scheme, Open);
    }

    /// <summary>The path for what the user wrote, for example <c>s3://bucket/prefix</c>.</summary>
    /// <exception cref="StoreException">It names no bucket, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var start = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var slash = path.IndexOf('/', start);
        var address = slash < 0 ? path : path[..slash];
        var bucket = address[start..];
        if (S3BucketName.Validate(bucket) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, problem);
        // Parts of one bucket may have profiles of their own.
        var options = _options(path);
        if (!_opened.TryGetValue((address, options), out var store))
            _opened[(address, options)] = store = _layers(new Store(address, new S3StoreDriver(bucket, address, options, _clock)), options);

        var key = slash < 0 ? string.Empty : path[(slash + 1)..].TrimEnd('/');
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }
}
