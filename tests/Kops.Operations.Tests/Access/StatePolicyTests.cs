using Kops.Operations.Access;
using Kops.Operations.Access.Policies;
using Kops.Operations.Events;
using Kops.Operations.Tests.Support;
using Kops.Vfs.Profiles;

namespace Kops.Operations.Tests.Access;

/// <summary>What a program is told of rights on a store.</summary>
public sealed class StatePolicyTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_cluster_that_cannot_be_read_is_taken_to_be_as_most_are_and_that_is_told()
    {
        var root = AccessPlace.Of("s3://state");

        var plan = await StatePlan.ReadAsync(_stores.Begin(), root, Stores.Cluster);

        Assert.Equal([root.Below($"{Stores.Cluster}/backups")], plan.Backups);
        Assert.Equal(EventLevel.Note, Assert.Single(_stores.Told).Level);
    }

    [Fact]
    public void What_lies_in_another_cloud_is_told_and_left_out()
    {
        var plan = new StatePlan(AccessPlace.Of("s3://state"), Stores.Cluster) { Parts = [AccessPlace.Of("gs://keys")] };

        var documents = StatePolicy.Write(
            PolicyCloud.Find("aws", "s3"),
            AccessMode.Read,
            plan,
            new PolicyRequest([], []),
            _stores.Told.Add
        );

        Assert.Contains("gs://keys", Assert.Single(_stores.Told).Message, StringComparison.Ordinal);
        Assert.Equal(["identity"], documents.Keys);
    }

    [Theory]
    [InlineData("s3://state", false, false, true)]
    [InlineData("s3://state", true, true, true)]
    [InlineData("scw://state", false, true, false)]
    [InlineData("gs://state", false, false, true)]
    public void Services_that_only_speak_as_AWS_does_are_tried_out(string store, bool hasEndpoint, bool isProbed, bool asksEncryption)
    {
        var variables = new Dictionary<string, string>();
        if (hasEndpoint)
            variables["S3_ENDPOINT"] = "https://ceph.example.com";

        var plan = new StatePlan(AccessPlace.Of(store), null).With(new StoreSettings(store, variables, null));

        Assert.Equal((isProbed, asksEncryption), (plan.IsProbed, plan.AsksEncryption));
    }
}
