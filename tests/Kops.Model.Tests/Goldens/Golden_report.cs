using Kops.Api.Codec;

namespace Kops.Model.Tests.Goldens;

/// <summary>
/// Writes what this program makes of every golden case beside what kOps made, for <c>eng/goldens</c> to count and compare: into the
/// folder that <c>KOPS_GOLDENS_REPORT </c> names, else one that goes away again: <c>FAMILY/CASE/expected/FILE </c> and
/// <c>FAMILY/CASE/actual/FILE </c>.
/// </summary>
public sealed class Golden_report : IDisposable
{
    private readonly string? _named = Environment.GetEnvironmentVariable("KOPS_GOLDENS_REPORT") is { Length: > 0 } named ? named : null;
    private readonly string _folder;

    public Golden_report() => _folder = _named ?? Directory.CreateTempSubdirectory("kops-goldens-").FullName;

    public void Dispose()
    {
        if (_named is null)
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Has_both_sides_of_every_case()
    {
        string[] families = ["create_cluster", "conversion"];
        foreach (var name in GoldenCases.Of("create_cluster"))
        {
            var golden = CreateClusterCase.Load(name);
            Write(
                "create_cluster",
                name,
                "objects.yaml",
                golden.Expected,
                () => GoldenCases.Normal(Create_cluster_equals_kOps.Shown(golden.Plan()))
            );
        }

        foreach (var name in GoldenCases.Of("conversion"))
            Convert(name);

        Assert.Equal(
            families.SelectMany(family => GoldenCases.Of(family).Select(name => Path.Combine(family, name))),
            families.SelectMany(family => GoldenCases.Of(family).Select(name => Path.Combine(family, name)).Where(HasBothSides))
        );
    }

    private bool HasBothSides(string path) =>
        Files(path, "expected") is { Length: > 0 } expected && expected.SequenceEqual(Files(path, "actual"));

    private string?[] Files(string path, string side) =>
        Directory.Exists(Path.Combine(_folder, path, side))
            ? [.. Directory.GetFiles(Path.Combine(_folder, path, side)).Select(Path.GetFileName).Order(StringComparer.Ordinal)]
            : [];

    private void Convert(string name)
    {
        foreach (var (from, to) in new[] { ("v1alpha2", "v1alpha3"), ("v1alpha3", "v1alpha2"), ("legacy-v1alpha2", "v1alpha2") })
        {
            if (!File.Exists(Path.Combine(GoldenCases.Root, "conversion", name, $"{from}.yaml")))
                continue;
            Write(
                "conversion",
                name,
                $"{from}-to-{to}.yaml",
                GoldenCases.Normal(GoldenCases.Read("conversion", name, $"{to}.yaml")),
                () =>
                {
                    var documents = KopsCodec.Decode(
                        File.ReadAllBytes(Path.Combine(GoldenCases.Root, "conversion", name, $"{from}.yaml")),
                        from
                    );
                    return GoldenCases.Normal(
                        string.Join(
                            "\n---\n\n",
                            documents.Select(document =>
                                System.Text.Encoding.UTF8.GetString(KopsCodec.Encode(document.Object!, $"kops.k8s.io/{to}", out _))
                            )
                        )
                    );
                }
            );
        }
    }

    private void Write(string family, string name, string file, string expected, Func<string> make)
    {
        string actual;
        try
        {
            actual = make();
        }
#pragma warning disable CA1031 // A case that fails is one that differs.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            actual = $"failed: {failure.Message}";
        }

        foreach (var (side, text) in new[] { ("expected", expected), ("actual", actual) })
        {
            var path = Path.Combine(_folder, family, name, side, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + "\n");
        }
    }
}
