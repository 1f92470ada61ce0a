using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Kops.Vfs.Memory;

namespace Kops.Vfs.Extensions.Tests;

/// <summary>Stores as a driver over a network has them, in memory: <c>test://bucket</c>.</summary>
internal static class TestStores
{
    public static DriverKind<TestOptions> Kind { get; } =
        new(
            ["test"],
            path =>
            {
                var address = StoreAddress.Parse(path);
                return new(address.Text, address.Key, (options, clock) => new TestDriver(new MemoryStoreDriver(clock), options));
            }
        );

    private sealed class TestDriver(IStoreDriver inner, TestOptions options) : StoreLayer(inner)
    {
        public override ValueTask<WriteOutcome> PutAsync(
            string key,
            ObjectBody body,
            WriteCondition condition,
            CancellationToken cancellationToken
        ) =>
            options.Fails
                ? throw new StoreException(StoreErrorKind.Unavailable, "put", key, "the server is not there")
                : base.PutAsync(key, body, condition, cancellationToken);

        protected override ValueTask CloseAsync()
        {
            options.IsClosed = true;
            return base.CloseAsync();
        }
    }
}
