using Kops.Cli.Tests.Stores;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>Races for moves between buckets of a real server.</summary>
public sealed class CephMoveRaces(TestServers servers) : MoveRaces
{
    protected override async Task<string> NewStoreAsync()
    {
        var (bucket, values) = await servers.CreateBucketAsync(TestContext.Current.CancellationToken);
        Desk.Environment["S3_ENDPOINT"] = values["S3_ENDPOINT"];
        Desk.Environment["S3_ACCESS_KEY_ID"] = values["S3_ACCESS_KEY_ID"];
        Desk.Environment["S3_SECRET_ACCESS_KEY"] = values["S3_SECRET_ACCESS_KEY"];

        (Desk.Environment["KOPS_S3_SERVICE"], Desk.Environment["KOPS_S3_ENCRYPTION"]) = ("ceph", "none");
        return "s3://" + bucket;
    }
}
