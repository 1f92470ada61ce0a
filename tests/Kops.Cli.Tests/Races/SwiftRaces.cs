using Kops.Cli.Tests.Stores;

namespace Kops.Cli.Tests.Races;

/// <summary>A container, whose writers queue for a lock of this program's own.</summary>
public sealed class SwiftRaces(TestServers servers) : StoreRaces
{
    // Each write waits a second for the lock to settle.
    private protected override int AFew => 1;

    protected override ValueTask<StoreAtHand> CreateAsync() => new(servers.CreateStoreAsync("swift", Desk));
}
