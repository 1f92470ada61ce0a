using Kops.Api.Codec;
using Kops.Api.Tests.Codec;
using Kops.Api.Validation;
using Xunit;

namespace Kops.Api.Tests.Validation;

public sealed class GoldenClusterTests
{
    [Fact]
    public void No_cluster_that_kOps_takes_has_problems() => Assert.Empty(Corpus.Inputs.Concat(Corpus.PrintedObjects).SelectMany(Problems));

    [Fact]
    public void No_cluster_that_kOps_completed_has_problems() =>
        Assert.Empty(
            Corpus
                .StoredObjects.Where(file => Path.GetFileName(file) is "cluster-completed.spec" or "config")
                .SelectMany(file =>
                    ClusterValidator
                        .Validate(KopsCodec.DecodeStored<Cluster>(File.ReadAllBytes(file), file).Value)
                        .Select(problem => $"{Corpus.Name(file)}: {problem}")
                )
        );

    // kOps converts these in its tests, and would not take all of them for a cluster.
    [Fact]
    public void The_examples_of_conversion_have_but_the_problems_that_kOps_finds_in_them() =>
        Assert.Equal(
            [
                "aws: spec.hooks[1]",
                "aws: spec.hooks[2]",
                "gce: spec.networkCIDR",
                "gce: spec.subnets[0].zone",
                "gce: spec.subnets[0].region",
            ],
            Corpus.ConvertedObjects.SelectMany(file =>
                Validate(file).Select(problem => $"{Path.GetFileName(Path.GetDirectoryName(file))}: {problem.Path}")
            )
        );

    private static IEnumerable<string> Problems(string file) => Validate(file).Select(problem => $"{Corpus.Name(file)}: {problem}");

    private static IReadOnlyList<Problem> Validate(string file)
    {
        var objects = KopsCodec
            .Decode(File.ReadAllBytes(file), file, UnknownFieldPolicy.Drop)
            .Select(document => document.Object)
            .ToArray();
        return ClusterValidator.Validate(objects.OfType<Cluster>().Single(), [.. objects.OfType<InstanceGroup>()]);
    }
}
