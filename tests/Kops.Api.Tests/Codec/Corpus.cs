using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Api.Tests.Codec;

/// <summary>Files that kOps wrote, which lie beside the repository where they are to be had.</summary>
public static class Corpus
{
    private static readonly string Shared =
        Environment.GetEnvironmentVariable("KOPS_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");
    private static readonly string Goldens = Environment.GetEnvironmentVariable("KOPS_GOLDENS") ?? Path.Combine(Shared, "goldens");
    private static readonly string Fixtures = Path.Combine(Shared, "fixtures");

    /// <summary>Objects that kOps wrote to a store.</summary>
    public static IReadOnlyList<string> StoredObjects =>
        Find(path =>
            path.EndsWith("cluster-completed.spec", StringComparison.Ordinal)
            || path.EndsWith("keyset.yaml", StringComparison.Ordinal)
            || Path.GetFileName(path) == "config"
            || path.Contains("/instancegroup/", StringComparison.Ordinal)
        );

    /// <summary>Objects in several documents, as kOps printed them.</summary>
    public static IReadOnlyList<string> PrintedObjects =>
        Find(path => Path.GetFileName(path) is "expected-v1alpha2.yaml" or "get-all.yaml");

    /// <summary>What people wrote.</summary>
    public static IReadOnlyList<string> Inputs =>
        Find(path => Path.GetFileName(path) is "in-v1alpha2.yaml" or "in-legacy-v1alpha2.yaml" or "in-v1alpha3.yaml");

    /// <summary>Objects that stand beside their form in the next version.</summary>
    public static IReadOnlyList<string> ConvertedObjects => Find(path => Path.GetFileName(path) == "v1alpha2.yaml");

    /// <summary>The same objects in one version each, side by side in a directory.</summary>
    public static IReadOnlyList<string> Conversions(string file) =>
        Find(path => Path.GetFileName(path) == file && path.Contains("/conversion/", StringComparison.Ordinal));

    /// <summary>Everything else that kOps generated as YAML.</summary>
    public static IReadOnlyList<string> GeneratedFiles =>
        Find(path =>
            path.EndsWith(".yaml", StringComparison.Ordinal)
            && Path.GetFileName(path)
                is not (
                    "in-v1alpha2.yaml"
                    or "in-legacy-v1alpha2.yaml"
                    or "options.yaml"
                    or "cloud-facts.yaml"
                    or "v1alpha3.yaml"
                    or "v1alpha2.yaml"
                    or "legacy-v1alpha2.yaml"
                )
        );

    public static string Name(string path) => Path.GetRelativePath(Shared, path);

    private static List<string> Find(Func<string, bool> wanted)
    {
        Assert.SkipUnless(Directory.Exists(Goldens), $"the golden files are not at {Goldens}; KOPS_SHARED names another place");
        string[] roots = Directory.Exists(Fixtures) ? [Goldens, Fixtures] : [Goldens];
        return
        [
            .. roots
                .SelectMany(root => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
                .Where(wanted)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string RepositoryRoot([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
