using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Oss;

/// <summary>
/// Opens paths of Alibaba Cloud's object storage: one driver for each bucket, with the lock that makes its conditions safe.
/// </summary>
public sealed class OssStores
{
    private const string Scheme = "oss://";
    private readonly Func<string, OssOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, Store> _layers;
    private readonly Dictionary<(string Address, OssOptions Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public OssStores(Func<string, OssOptions> options, TimeProvider clock, Func<Store, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? (store => store));

    /// <summary>Adds <c>oss://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("oss", Open);
    }

    /// <summary>The path for what the user wrote, for example <c>oss://bucket/prefix</c>.</summary>
    /// <exception cref="StoreException">It names no bucket, or the options are wrong.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var slash = path.IndexOf('/', Scheme.Length);
        var address = slash < 0 ? path : path[..slash];
        var bucket = address[Scheme.Length..];
        if (Validate(bucket) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, problem);
        var options = _options(path);
        if (!_opened.TryGetValue((address, options), out var store))
            _opened[(address, options)] = store = _layers(new Store(address, Open(bucket, address, options, _clock)));

        var key = slash < 0 ? string.Empty : path[(slash + 1)..].TrimEnd('/');
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }

    /// <summary>A bucket's driver within its lock.</summary>
    internal static LockLayer Open(string bucket, string address, OssOptions options, TimeProvider clock) =>
        new(new OssStoreDriver(bucket, address, options, clock), address, options.Lock, clock);

    /// <remarks>Source: OSS user guide, "Bucket naming conventions".</remarks>
    private static string? Validate(string bucket)
    {
        if (bucket.Length == 0)
            return "it names no bucket; write oss://BUCKET/path";
        return
            bucket.Length is >= 3 and <= 63
            && bucket[0] != '-'
            && bucket[^1] != '-'
            && bucket.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')
            ? null
            : $"'{bucket}' is no name of a bucket: 3 to 63 lower-case letters, digits and '-', which neither begins nor ends it";
    }
}
