using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests;

/// <summary>Plans clusters from short descriptions.</summary>
internal static class Plans
{
    public const string Name = "demo.example.com";

    public static NewClusterResult Plan(ClusterFlags flags, string? features = null, string store = "s3://state", string name = Name) =>
        ClusterPlanner.Plan(new(name, store, flags, ChannelSnapshots.Find("stable")!, TestFacts.Aws, FeatureFlags.Parse(features)));

    public static string Refused(ClusterFlags flags, string? features = null, string store = "s3://state", string name = Name) =>
        Assert.Throws<InvalidFlagException>(() => Plan(flags, features, store, name)).Message;
}
