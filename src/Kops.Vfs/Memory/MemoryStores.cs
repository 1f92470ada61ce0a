namespace Kops.Vfs.Memory;

/// <summary>Opens <c>memfs://NAME/key</c>: one store for each name, for the life of the registry.</summary>
internal sealed class MemoryStores(TimeProvider clock, Func<Store, Store> layers)
{
    private const string Scheme = "memfs://";
    private readonly Dictionary<string, Store> _opened = new(StringComparer.Ordinal);

    internal VfsPath Open(string path)
    {
        var parts = path[Scheme.Length..].TrimEnd('/').Split('/', 2);
        var address = Scheme + parts[0];
        if (parts[0].Length == 0)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", path, "it names no store; write memfs://NAME");
        if (!_opened.TryGetValue(address, out var store))
            _opened[address] = store = layers(new Store(address, new MemoryStoreDriver(clock)));
        return parts.Length == 1 ? store.Root : store.Root.Join(parts[1]);
    }
}
