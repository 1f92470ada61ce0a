using Kops.Vfs;
using Kops.Vfs.Conformance;
using Kops.Vfs.Drivers;
using Microsoft.Data.Sqlite;

namespace SqliteDriver;

/// <summary>All that every store must do, asked of this one.</summary>
public sealed class SqliteStoreTests : StoreConformance
{
    // Each write waits for the disk.
    protected override int ManyKeys => 1_200;

    // SQLite hands out an object whole, so it is in memory by nature.
    protected override long LargeBytes => 16 << 20;

    protected override long? LargeMemoryBytes => null;

    protected override ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("sqlite-driver-");
        SqliteStoreDriver Open() => new(Path.Combine(directory.FullName, "store.db"), TimeProvider.System);
        return ValueTask.FromResult(
            new StoreUnderTest(Open())
            {
                OpenAnother = () => ValueTask.FromResult<IStoreDriver>(Open()),
                CleanUp = () =>
                {
                    SqliteConnection.ClearAllPools();
                    directory.Delete(recursive: true);
                    return ValueTask.CompletedTask;
                },
            }
        );
    }
}
