using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>
/// Writes the files that machines boot from beside those that kOps made, for <c>eng/goldens</c> to count by kind and to compare: into the
/// folder that <c>KOPS_GOLDENS_REPORT</c> names, else one that goes away again: <c>FAMILY-files/CASE/expected/FILE</c> and
/// <c>FAMILY-files/CASE/actual/FILE</c>.
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
        foreach (var golden in NodeFilesCase.All)
        {
            Write(golden, "expected", golden.Expected());
            Write(golden, "actual", Made(golden));
        }

        Assert.All(NodeFilesCase.All, golden => Assert.True(Directory.Exists(Place(golden, "actual"))));
    }

    private static SortedDictionary<string, string> Made(NodeFilesCase golden)
    {
        try
        {
            return golden.Actual().Last();
        }
#pragma warning disable CA1031 // A case that fails is one that differs.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new(StringComparer.Ordinal) { ["failed"] = failure.Message };
        }
    }

    private void Write(NodeFilesCase golden, string side, IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(Place(golden, side), name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, GoldenCases.Normal(text) + "\n");
        }
    }

    private string Place(NodeFilesCase golden, string side) => Path.Combine(_folder, $"{golden.Family}-files", golden.Name, side);
}
