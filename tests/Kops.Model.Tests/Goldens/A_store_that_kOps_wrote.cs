using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Goldens;

/// <summary>Stores that a running kOps wrote, planned again from the same commands with the snapshots that are inside.</summary>
public sealed class A_store_that_kOps_wrote
{
    [Theory]
    [InlineData(
        "minimal.example.com",
        "--cloud aws --zones us-east-1a,us-east-1b --networking cni --node-size m4.large --channel file:///srv/channel.yaml"
    )]
    [InlineData("metal.example.com", "--cloud metal --zones main --networking cni --channel file:///srv/channel.yaml")]
    public void Is_planned_to_the_byte(string name, string flags)
    {
        var store = Path.Combine(GoldenCases.Shared, "fixtures", "upstream-store", name);
        Assert.SkipUnless(Directory.Exists(store), $"there is no {store}");
        var (_, given) = CommandLine.Read(flags.Split(' '));
        var plan = ClusterPlanner.Plan(
            new(name, "/srv/kops-state", given, ChannelSnapshots.Find("stable")!, CloudSnapshot.Load(), FeatureFlags.Parse("Metal"))
        );

        Assert.Equal(File.ReadAllText(Path.Combine(store, "config")), Stored(plan.Cluster, store, "config"));
        Assert.Equal(
            Directory.GetFiles(Path.Combine(store, "instancegroup")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            plan.InstanceGroups.Select(group => group.Metadata.Name!).Order(StringComparer.Ordinal)
        );
        foreach (var group in plan.InstanceGroups)
        {
            var file = Path.Combine("instancegroup", group.Metadata.Name!);
            Assert.Equal(File.ReadAllText(Path.Combine(store, file)), Stored(group, store, file));
        }
    }

    // As it is stored, with the time at which kOps made it.
    private static string Stored(KopsObject value, string store, string file)
    {
        var line = File.ReadLines(Path.Combine(store, file)).First(line => line.Contains("creationTimestamp", StringComparison.Ordinal));
        value.Metadata.CreationTimestamp = line.Split('"')[1];
        return Encoding.UTF8.GetString(KopsCodec.Encode(value));
    }
}
