namespace Kops.Cli.Tests.Stores;

/// <summary>A server that is reached by SSH.</summary>
public sealed class SftpCommands(TestServers servers) : StoreCommands
{
    protected override ValueTask<StoreAtHand> CreateAsync() => SftpStores.CreateAsync(servers);
}
