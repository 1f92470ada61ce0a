namespace Kops.Vfs.Tests;

/// <summary>A directory that goes with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private const string MemoryDisk = "/dev/shm";

    private TemporaryDirectory(string path) => Path = path;

    public TemporaryDirectory()
        : this(Directory.CreateTempSubdirectory("kops-vfs-").FullName) { }

    public string Path { get; }

    /// <summary>A directory in memory where there is one: nothing is brought to a disk there, so thousands of writes are quick.</summary>
    public static TemporaryDirectory InMemory()
    {
        if (!Directory.Exists(MemoryDisk))
            return new TemporaryDirectory();
        return new TemporaryDirectory(Directory.CreateDirectory($"{MemoryDisk}/kops-vfs-{Guid.NewGuid():n}").FullName);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
