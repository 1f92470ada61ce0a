using Kops.Cli.Tests.Stores;

namespace Kops.Cli.Tests.Races;

/// <summary>A container, whose writers queue for a lock of this program's own.</summary>
public sealed class SwiftRaces(TestServers servers) : StoreRaces
{
    protected override ValueTask<StoreAtHand> CreateAsync() => new(servers.CreateStoreAsync("swift", Desk));
}
