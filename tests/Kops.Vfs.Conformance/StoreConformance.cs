using System.Text;
using Kops.Vfs.Conformance.Documentation;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

/// <summary>
/// The suite that every driver, layer and wrapper passes. A store's own test is a class of about ten lines that derives from this one
/// and says how an empty store is made:
/// <code>
/// public sealed class MyStoreTests(MyServer server) : StoreConformance
/// {
///     protected override async ValueTask&lt;StoreUnderTest&gt; CreateAsync(CancellationToken cancellationToken)
///     {
///         Assert.SkipWhen(server.Address is null, "no server: set MY_SERVER");
///         var bucket = await server.CreateBucketAsync(cancellationToken);
///         return new StoreUnderTest(new MyStoreDriver(bucket)) { OpenAnother = ..., CleanUp = ... };
///     }
/// }
/// </code>
/// Tests ask <see cref="StoreCapabilities"/> what to expect: what a store says that it can do must hold, also among racing clients; and of
/// what it
/// says that it cannot do, the least is asked that its callers rely on. The virtual members are sizes, which a slow server may lower, each
/// with its reason beside it.
/// </summary>
/// <remarks>For a wrapper, wrap a <c>MemoryStoreDriver</c>: it is the reference.</remarks>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private StoreUnderTest? _store;

    /// <summary>The test's own token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store of this test.</summary>
    protected IStoreDriver Driver => _store!.Driver;

    /// <summary>What the store says of itself.</summary>
    protected StoreCapabilities Capabilities => Driver.Capabilities;

    /// <summary>Keys in the test of a long listing.</summary>
    protected virtual int ManyKeys => 10_000;

    /// <summary>Size of the streamed object in bytes.</summary>
    protected virtual long LargeBytes => 1L << 30;

    /// <summary>How far memory may grow while that streams; null for a store that holds its content in memory by nature.</summary>
    /// <remarks>Tests that run beside it use memory, too, so this is no tight bound; a store that buffers would need all of the
    /// object.</remarks>
    protected virtual long? LargeMemoryBytes => LargeBytes / 4;

    /// <summary>Writers in the races.</summary>
    protected virtual int Writers => 8;

    /// <summary>Changes that each writer makes.</summary>
    protected virtual int ChangesOfEach => 10;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync(Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Checks the store's row in the documentation; for the test of those that are a store of their own there.</summary>
    /// <param name="store">Its name there.</param>
    /// <param name="shownBy">The server that this suite runs against.</param>
    private protected void CheckDocumentation(string store, string shownBy) =>
        GeneratedText.CheckRow(CapabilityRow.Page, CapabilityRow.Of(store, Driver, shownBy));

    /// <summary>Makes an empty store. Called once for each test; tests run side by side, so stores must not share keys.</summary>
    protected abstract ValueTask<StoreUnderTest> CreateAsync(CancellationToken cancellationToken);

    /// <summary>Clients for a race: each its own where the store can be opened again.</summary>
    protected async ValueTask<IReadOnlyList<IStoreDriver>> OpenClientsAsync(int count)
    {
        var clients = new List<IStoreDriver> { Driver };
        while (clients.Count < count)
            clients.Add(_store!.OpenAnother is { } open ? await open() : Driver);
        return clients;
    }

    /// <summary>Puts text.</summary>
    protected ValueTask<WriteOutcome> PutAsync(string key, string text, WriteCondition condition = default) =>
        Driver.PutAsync(key, ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text)), condition, Token);

    /// <summary>Reads a whole object.</summary>
    protected async ValueTask<ObjectContent?> ReadAsync(string key) => await ReadAsync(Driver, key);

    /// <summary>Reads a whole object through some client.</summary>
    protected static ValueTask<ObjectContent?> ReadAsync(IStoreDriver driver, string key) => driver.ReadAsync(key, Token);

    /// <summary>The keys of a listing; prefixes end in a slash.</summary>
    protected async ValueTask<List<string>> KeysAsync(string prefix, ListDepth depth)
    {
        var keys = new List<string>();
        await foreach (var entry in Driver.ListAsync(prefix, depth, Token))
            keys.Add(entry.Key);
        return keys;
    }
}
