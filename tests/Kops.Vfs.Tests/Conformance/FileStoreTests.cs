using Kops.Vfs.Conformance;
using Kops.Vfs.Files;

namespace Kops.Vfs.Tests.Conformance;

public sealed class FileStoreTests : StoreConformance
{
    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var directory = new TemporaryDirectory();
        FileStoreDriver Open() => new(directory.Path + "/store", directory.Path + "/store", TimeProvider.System);
        return ValueTask.FromResult(new StoreUnderTest(Open())
        {
            OpenAnother = () => ValueTask.FromResult<IStoreDriver>(Open()),
            CleanUp = () =>
            {
                directory.Dispose();
                return ValueTask.CompletedTask;
            },
        });
    }
}
