namespace Kops.Vfs.Gcs;

/// <summary>Opens paths of Google Cloud Storage: one driver for each bucket.</summary>
public sealed class GcsStores
{
    private const string Scheme = "gs://";
    private readonly Func<string, GcsOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, GcsOptions, Store> _layers;
    private readonly Dictionary<(string Address, GcsOptions Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public GcsStores(Func<string, GcsOptions> options, TimeProvider clock, Func<Store, GcsOptions, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? ((store, _) => store));

    /// <summary>Adds <c>gs://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("gs", Open);
    }

    /// <summary>The path for what the user wrote, for example <c>gs://bucket/prefix</c>.</summary>
    /// <exception cref="StoreException">It names no bucket, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.IndexOf('/', Scheme.Length);
        var address = slash < 0 ? path : path[..slash];
        var bucket = address[Scheme.Length..];
        if (Validate(bucket) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, problem);
        // Parts of one bucket may have profiles of their own.
        var options = _options(path);
        if (!_opened.TryGetValue((address, options), out var store))
            _opened[(address, options)] = store = _layers(
                new Store(address, new GcsStoreDriver(bucket, address, options, _clock)),
                options
            );

        var key = slash < 0 ? string.Empty : path[(slash + 1)..].TrimEnd('/');
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }

    /// <remarks>Source: "About Cloud Storage buckets", bucket names. Stricter rules are the service's own.</remarks>
    private static string? Validate(string bucket)
    {
        if (bucket.Length == 0)
            return "it names no bucket; write gs://BUCKET/path";
        foreach (var c in bucket)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.' or '_'))
                return $"the bucket's name '{bucket}' holds '{c}'; lower-case letters, digits, '-', '_' and '.' are allowed";
        }

        return bucket.Trim('.').Length == 0 ? $"'{bucket}' is no bucket's name" : null;
    }
}
