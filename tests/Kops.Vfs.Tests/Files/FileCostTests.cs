using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests.Files;

/// <summary>What it costs to read: thousands of small files are read to list clusters.</summary>
public sealed class FileCostTests : IDisposable
{
    private const int Bytes = 2000;
    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_small_object_is_read_whole_in_its_size_and_one_kilobyte()
    {
        File.WriteAllBytes(_directory.Path + "/object", new byte[Bytes]);
        var store = new FileStoreDriver(_directory.Path, _directory.Path, TimeProvider.System);
        Read(store);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var length = Read(store);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Bytes, length);
        Assert.InRange(allocated, Bytes, Bytes + 1024);
    }

    private static int Read(FileStoreDriver store)
    {
        var reading = store.ReadAsync("object", CancellationToken.None);
        // On this thread, then.
        if (!reading.IsCompleted)
            throw new InvalidOperationException("a small file is read at once");
        return reading.Result!.Bytes.Length;
    }
}
