using Kops.Cli.Tests.Stores;

namespace Kops.Cli.Tests.Races;

/// <summary>A directory that is reached by SSH: it keeps no marks.</summary>
public sealed class SftpRaces(TestServers servers) : StoreRaces
{
    private protected override bool KeepsMarks => false;

    protected override ValueTask<StoreAtHand> CreateAsync() => new(servers.CreateStoreAsync("sftp", Desk));
}
