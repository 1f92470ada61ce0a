using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model.Clouds;
using Kops.Model.Completion;

namespace Kops.Model.Tests.Goldens;

/// <summary>
/// A case of <c>update cluster </c>: what a user hands in, in one or more versions, and the completed spec that kOps made of it.
/// </summary>
internal sealed record CompletionCase(string Family, string Name, string File, CompletionRequest Request, string Expected)
{
    /// <summary>The families whose completed specs are compared.</summary>
    public static IReadOnlyList<string> Families { get; } = ["update_cluster", "update_file", "update_s3"];

    /// <summary>All cases that there are, by family and name.</summary>
    public static IEnumerable<(string Family, string Name)> All =>
        Families.SelectMany(family => GoldenCases.Of(family).Select(name => (family, name)));

    /// <summary>
    /// The case, once for each version in which it is written; read as a user's own files are. Fields that there are not are let in, as
    /// with <c>--strict=false </c>: kOps reads such files without a word.
    /// </summary>
    public static IEnumerable<CompletionCase> Load(string family, string name)
    {
        var folder = Path.Combine(GoldenCases.Root, family, name);
        var expected = Directory.GetFiles(Path.Combine(folder, "store"), "cluster-completed.spec", SearchOption.AllDirectories).Single();
        return from file in Directory.GetFiles(folder, "in-*.yaml").Order(StringComparer.Ordinal)
            let given = KopsCodec
                .Decode(System.IO.File.ReadAllBytes(file), file, UnknownFieldPolicy.Keep)
                .Select(document => document.Object)
                .ToList()
            from cluster in given.OfType<Cluster>()
            select new CompletionCase(
                family,
                name,
                Path.GetFileNameWithoutExtension(file),
                new(cluster, [.. given.OfType<InstanceGroup>()], FactsOf(family)),
                GoldenCases.Normal(System.IO.File.ReadAllText(expected))
            );
    }

    /// <summary>What this program makes of it.</summary>
    public string Completed() => GoldenCases.Normal(KopsCodec.ToYaml([ClusterCompleter.Complete(Request)]));

    /// <summary>What is wrong with what the user hands in, each with its place.</summary>
    public IEnumerable<string> Faults() =>
        ClusterValidator.Validate(Request.Cluster, Request.Groups).Select(fault => $"{fault.Path}: {fault.Message}");

    // The cases that kOps' own tests have share one small world; the others bring theirs.
    private static CloudFacts FactsOf(string family)
    {
        var file = Path.Combine(GoldenCases.Root, family, "cloud-facts.yaml");
        return System.IO.File.Exists(file) ? CloudFactsDocument.Read(System.IO.File.ReadAllBytes(file), file) : GoldenFacts.Clouds;
    }
}
