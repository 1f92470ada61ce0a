using Kops.Api;
using Kops.Api.Codec;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.Completion;

/// <summary>
/// The completed spec of every case of <c>update cluster</c> that lies in the goldens' folder, and of a store that kOps itself wrote.
/// </summary>
public sealed class Completed_specs_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        CompletionCase
            .All.DefaultIfEmpty((Family: string.Empty, Name: string.Empty))
            .Select(golden => new TheoryDataRow<string, string>(golden.Family, golden.Name)
            {
                TestDisplayName = $"completed {golden.Family} {golden.Name}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_the_byte(string family, string name) =>
        Assert.All(Load(family, name), golden => Assert.Equal(golden.Expected, golden.Completed()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Completing_twice_is_completing_once(string family, string name) =>
        Assert.All(
            Load(family, name),
            golden =>
            {
                var once = ClusterCompleter.Complete(golden.Request);

                Assert.Equal(GoldenCases.Normal(KopsCodec.ToYaml([once])), Completed(golden.Request with { Cluster = once }));
            }
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_kOps_takes_is_valid_before_and_after(string family, string name) =>
        Assert.All(
            Load(family, name),
            golden =>
            {
                Assert.Empty(golden.Faults());
                Assert.Empty(
                    (golden with { Request = golden.Request with { Cluster = ClusterCompleter.Complete(golden.Request) } }).Faults()
                );
            }
        );

    [Fact]
    public void So_does_a_store_that_kOps_wrote()
    {
        var store = Path.Combine(GoldenCases.Shared, "fixtures", "upstream-store", "minimal.example.com");
        Assert.SkipUnless(Directory.Exists(store), $"there is no {store}");
        var cluster = KopsCodec.DecodeStored<Cluster>(File.ReadAllBytes(Path.Combine(store, "config")), "config").Value;

        Assert.Equal(
            GoldenCases.Normal(File.ReadAllText(Path.Combine(store, "cluster-completed.spec"))),
            Completed(new(cluster, Groups(store), CloudSnapshot.Load()))
        );
    }

    private static string Completed(CompletionRequest request) =>
        GoldenCases.Normal(KopsCodec.ToYaml([ClusterCompleter.Complete(request)]));

    private static List<InstanceGroup> Groups(string store) =>
        [
            .. Directory
                .GetFiles(Path.Combine(store, "instancegroup"))
                .Select(file => KopsCodec.DecodeStored<InstanceGroup>(File.ReadAllBytes(file), file).Value),
        ];

    private static IEnumerable<CompletionCase> Load(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        return CompletionCase.Load(family, name);
    }
}
