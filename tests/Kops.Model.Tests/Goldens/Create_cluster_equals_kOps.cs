using Kops.Api;
using Kops.Api.Codec;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Goldens;

/// <summary>Every case of <c>create cluster</c> that lies in the goldens' folder: more can be put there without touching code.</summary>
public sealed class Create_cluster_equals_kOps
{
    private const string Family = "create_cluster";

    public static IEnumerable<TheoryDataRow<string>> Cases =>
        GoldenCases
            .Of(Family)
            .DefaultIfEmpty(string.Empty)
            .Select(name => new TheoryDataRow<string>(name) { TestDisplayName = $"create_cluster {name}" });

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_the_byte(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var golden = CreateClusterCase.Load(name);
        Assert.Equal(golden.Expected, GoldenCases.Normal(Shown(golden.Plan())), ignoreLineEndingDifferences: true);
    }

    /// <summary>The cluster as <c>get all -o yaml</c> shows it, with the goldens' time of creation.</summary>
    internal static string Shown(NewClusterResult plan)
    {
        foreach (var group in plan.InstanceGroups)
            group.Metadata.Labels["kops.k8s.io/cluster"] = plan.Cluster.Metadata.Name!;
        KopsObject[] all = [plan.Cluster, .. plan.InstanceGroups.OrderBy(group => group.Metadata.Name, StringComparer.Ordinal)];
        foreach (var one in all)
            one.Metadata.CreationTimestamp = "2017-01-01T00:00:00Z";
        return KopsCodec.ToYaml(all);
    }
}
