namespace Kops.Cli.Tests.Stores;

/// <summary>OpenStack Swift, with a token; by profile with a cloud of <c>clouds.yaml</c>.</summary>
public sealed class SwiftCommands(TestServers servers) : BucketCommands
{
    protected override string Hardened => "set set has skipped skipped skipped";

    protected override ValueTask<StoreAtHand> CreateAsync() => SwiftStores.CreateAsync(servers);
}
