using Kops.Vfs.Drivers;

namespace Kops.Vfs.Conformance;

/// <summary>An empty store that a test has for itself.</summary>
/// <param name="driver">A client of the store; disposed with this.</param>
public sealed class StoreUnderTest(IStoreDriver driver) : IAsyncDisposable
{
    /// <summary>A client of the store.</summary>
    public IStoreDriver Driver { get; } = driver;

    /// <summary>Opens another client of the same store, as another process would. Null (the default): the races share one client.</summary>
    public Func<ValueTask<IStoreDriver>>? OpenAnother { get; init; }

    /// <summary>Removes the store and what it needed.</summary>
    public Func<ValueTask>? CleanUp { get; init; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        if (CleanUp is not null)
            await CleanUp();
    }
}
