namespace Kops.Vfs.Http;

/// <summary>Opens <c>http://</c> and <c>https://</c>: files that can be read and not written.</summary>
public sealed class HttpStores
{
    private readonly HttpStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, Store> _opened = new(StringComparer.Ordinal);

    /// <summary>Creates the opener.</summary>
    public HttpStores(HttpStoreOptions options, TimeProvider clock) => (_options, _clock) = (options, clock);

    /// <summary>Adds <c>http://</c> and <c>https://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("http", Open).Add("https", Open);
    }

    /// <summary>
    /// The path for an address, as it is: what stands in it is neither encoded nor decoded. A query belongs to the file's name.
    /// </summary>
    /// <exception cref="StoreException">It is no address of a file, or holds a password.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Uri.TryCreate(path, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw Wrong(path, "it is no address; write for example https://example.com/cluster.yaml");
        if (uri.UserInfo.Length > 0)
        {
            // Not even in the message: what is wrong with a password there is that it ends up in logs.
            throw Wrong(
                uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped),
                "an address with a password in it ends up in logs; download the file with a tool that keeps passwords, and name it"
            );
        }

        if (path.Contains('#', StringComparison.Ordinal))
            path = path[..path.IndexOf('#', StringComparison.Ordinal)];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var slash = path.LastIndexOf('/', query < 0 ? path.Length - 1 : query);
        var (directory, name) = (path[..slash], path[(slash + 1)..]);
        if (directory.EndsWith("//", StringComparison.Ordinal) || directory.EndsWith(":/", StringComparison.Ordinal))
            throw Wrong(path, "it names a server and no file on it; write for example https://example.com/cluster.yaml");
        if (!_opened.TryGetValue(directory, out var store))
            _opened[directory] = store = new Store(directory, new HttpStoreDriver(directory, _options, _clock));
        return name.Length == 0 ? store.Root : store.Root.Join(name);
    }

    private static StoreException Wrong(string path, string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);
}
