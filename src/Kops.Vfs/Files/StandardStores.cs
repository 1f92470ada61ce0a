using Kops.Vfs.Memory;

namespace Kops.Vfs.Files;

/// <summary>The stores that need no SDK.</summary>
public static class StandardStores
{
    /// <summary>Adds plain paths, <c>file://</c> and <c>memfs://</c>.</summary>
    /// <param name="registry">Where to.</param>
    /// <param name="clock">The time.</param>
    /// <param name="workingDirectory">What relative paths are relative to, an absolute path.</param>
    /// <param name="layers">Puts layers around a store when it is opened; null for none.</param>
    /// <param name="tell">Is told what lies in a directory and is no object (links, pipes, names not in UTF-8), each path once; null for
    /// nobody.</param>
    public static StoreRegistry AddStandardStores(
        this StoreRegistry registry,
        TimeProvider clock,
        string workingDirectory,
        Func<Store, Store>? layers = null,
        Action<string>? tell = null
    )
    {
        ArgumentNullException.ThrowIfNull(registry);
        layers ??= store => store;
        var files = new FileStores(clock, workingDirectory, layers, new LeftOutFiles(tell));
        var memory = new MemoryStores(clock, layers);
        return registry.Add(string.Empty, files.Open).Add("file", files.Open).Add("memfs", memory.Open);
    }
}
