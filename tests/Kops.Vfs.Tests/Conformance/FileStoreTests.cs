using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Vfs.Tests.Conformance;

/// <summary>On the disk, where each write is brought to it twice: fewer keys here.</summary>
public sealed class FileStoreTests : FileConformance
{
    protected override int ManyKeys => 500;

    [Fact]
    public void The_documentation_says_of_this_store_what_this_suite_shows() =>
        CheckDocumentation("file, plain paths", "the machine's file system");

    private protected override TemporaryDirectory MakeDirectory() => new();
}

/// <summary>On a file system in memory, which is small in a container: no gigabyte here.</summary>
public sealed class FileStoreInMemoryTests : FileConformance
{
    protected override long LargeBytes => 8 << 20;

    protected override long? LargeMemoryBytes => null;

    private protected override TemporaryDirectory MakeDirectory() => TemporaryDirectory.InMemory();
}

public abstract class FileConformance : StoreConformance
{
    private protected abstract TemporaryDirectory MakeDirectory();

    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var directory = MakeDirectory();
        FileStoreDriver Open() => new(directory.Path + "/store", directory.Path + "/store", TimeProvider.System);
        return ValueTask.FromResult(
            new StoreUnderTest(Open())
            {
                OpenAnother = () => ValueTask.FromResult<IStoreDriver>(Open()),
                CleanUp = () =>
                {
                    directory.Dispose();
                    return ValueTask.CompletedTask;
                },
            }
        );
    }
}
