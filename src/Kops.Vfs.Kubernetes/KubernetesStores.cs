namespace Kops.Vfs.Kubernetes;

/// <summary>Opens paths of Kubernetes clusters: one driver for each context and namespace.</summary>
public sealed class KubernetesStores
{
    private const string Scheme = "k8s://";
    private readonly Func<string, KubernetesOptions> _options;
    private readonly TimeProvider _clock;
    private readonly Func<Store, Store> _layers;
    private readonly Dictionary<(string Address, string Files, KubernetesOptions Options), Store> _opened = [];

    /// <summary>Creates the opener.</summary>
    /// <param name="options">The options for a path as the user wrote it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none. The driver retries by itself: no retry
    /// layer.</param>
    public KubernetesStores(Func<string, KubernetesOptions> options, TimeProvider clock, Func<Store, Store>? layers = null) =>
        (_options, _clock, _layers) = (options, clock, layers ?? (store => store));

    /// <summary>Adds <c>k8s://</c> to a registry.</summary>
    public void AddTo(StoreRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.Add("k8s", Open);
    }

    /// <summary>
    /// The path for what the user wrote: <c>k8s://CONTEXT/NAMESPACE/prefix </c>; with an empty context the current one, or the cluster that
    /// this
    /// program runs in. A slash in a context's name is written <c>%2F</c>.
    /// </summary>
    /// <exception cref="StoreException">It names no namespace.</exception>
    public VfsPath Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path[Scheme.Length..].Split('/', 3) is not [var context, { Length: > 0 } space, ..] parts)
            throw Wrong(path, "it names no namespace; write k8s://CONTEXT/NAMESPACE, or k8s:///NAMESPACE for the current context");
        if (!IsNamespace(space))
            throw Wrong(path, $"'{space}' is no name of a namespace; lower-case letters, digits and '-' are allowed, 63 at the most");
        var address = $"{Scheme}{context}/{space}";
        var options = _options(path);
        // Lists are not compared by what is in them.
        var opened = (address, string.Join(Path.PathSeparator, options.KubeconfigFiles), options with { KubeconfigFiles = [] });
        if (!_opened.TryGetValue(opened, out var store))
        {
            var driver = new KubernetesStoreDriver(
                Uri.UnescapeDataString(context) is { Length: > 0 } name ? name : null,
                space,
                address,
                options,
                _clock
            );
            _opened[opened] = store = _layers(new Store(address, driver));
        }

        var key = parts.Length == 3 ? parts[2].TrimEnd('/') : string.Empty;
        return key.Length == 0 ? store.Root : store.Root.Join(key);
    }

    /// <remarks>Source: RFC 1123 labels, as the API server checks them.</remarks>
    private static bool IsNamespace(string text) =>
        text.Length <= 63
        && text[0] != '-'
        && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-');

    private static StoreException Wrong(string path, string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);
}
