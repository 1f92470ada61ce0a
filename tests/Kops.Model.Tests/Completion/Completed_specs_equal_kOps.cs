using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.Completion;

/// <summary>
/// The completed spec of every case of <c>update cluster</c> that lies in the goldens' folder, and of a store that kOps itself wrote.
/// </summary>
public sealed class Completed_specs_equal_kOps
{
    private const string Family = "update_cluster";

    public static IEnumerable<TheoryDataRow<string>> Cases =>
        GoldenCases
            .Of(Family)
            .DefaultIfEmpty(string.Empty)
            .Select(name => new TheoryDataRow<string>(name) { TestDisplayName = $"completed {name}" });

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_the_byte(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        Check(name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Completing_twice_is_completing_once(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var request = Given(name).First();
        var once = ClusterCompleter.Complete(request);

        Assert.Equal(GoldenCases.Normal(KopsCodec.ToYaml([once])), Completed(request with { Cluster = once }));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_completed_is_still_valid(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        foreach (var request in Given(name).Where(request => ClusterValidator.Validate(request.Cluster, request.Groups).Count == 0))
            Assert.Empty(
                ClusterValidator
                    .Validate(ClusterCompleter.Complete(request), request.Groups)
                    .Select(fault => $"{fault.Path}: {fault.Message}")
            );
    }

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

    private static void Check(string name)
    {
        foreach (var request in Given(name))
            Assert.Equal(Expected(name), Completed(request));
    }

    // Some cases say the same in several versions. The files were written for kOps, which drops fields that it does not know.
    private static IEnumerable<CompletionRequest> Given(string name)
    {
        var files = Directory.GetFiles(Path.Combine(GoldenCases.Root, Family, name), "in-*.yaml").Order(StringComparer.Ordinal);
        return from file in files
            let given = KopsCodec
                .Decode(File.ReadAllBytes(file), file, UnknownFieldPolicy.Drop)
                .Select(document => document.Object)
                .ToList()
            from cluster in given.OfType<Cluster>()
            select new CompletionRequest(cluster, [.. given.OfType<InstanceGroup>()], GoldenFacts.Clouds);
    }

    private static string Expected(string name) =>
        GoldenCases.Normal(
            Encoding.UTF8.GetString(
                File.ReadAllBytes(
                    Directory
                        .GetFiles(
                            Path.Combine(GoldenCases.Root, Family, name, "store"),
                            "cluster-completed.spec",
                            SearchOption.AllDirectories
                        )
                        .Single()
                )
            )
        );
}
