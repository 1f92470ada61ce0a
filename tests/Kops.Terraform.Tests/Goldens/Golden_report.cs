using Kops.Model.Tests.Goldens;

namespace Kops.Terraform.Tests.Goldens;

/// <summary>
/// Writes what this program makes of every golden case beside what kOps made, for <c>eng/goldens</c> to count and compare: into the
/// folder that <c>KOPS_GOLDENS_REPORT</c> names, else one that goes away again: <c>FAMILY-terraform/CASE</c> for the configuration,
/// <c>FAMILY-terraform-data/CASE</c> for the files beside it.
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
        foreach (var golden in TerraformCase.All)
        {
            var files = Made(golden);
            Write($"{golden.Family}-terraform", golden.Name, "expected", [new(TerraformConfiguration.FileName, golden.Expected)]);
            Write($"{golden.Family}-terraform", golden.Name, "actual", [new(TerraformConfiguration.FileName, files.Text)]);
            Write($"{golden.Family}-terraform-data", golden.Name, "expected", golden.ExpectedData);
            Write($"{golden.Family}-terraform-data", golden.Name, "actual", files.Data);
        }

        Assert.Equal(
            TerraformCase.All.Select(golden => Path.Combine($"{golden.Family}-terraform", golden.Name)),
            TerraformCase
                .All.Select(golden => Path.Combine($"{golden.Family}-terraform", golden.Name))
                .Where(path => Directory.Exists(Path.Combine(_folder, path, "actual")))
        );
    }

    private static (string Text, IEnumerable<KeyValuePair<string, string>> Data) Made(TerraformCase golden)
    {
        try
        {
            var files = golden.Actual().First();
            return (TerraformCase.Text(files[0]), TerraformCase.Data(files));
        }
#pragma warning disable CA1031 // A case that fails is one that differs.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return ($"failed: {failure.Message}", [new("failed", failure.Message)]);
        }
    }

    private void Write(string family, string name, string side, IEnumerable<KeyValuePair<string, string>> files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, family, name, side)).FullName;
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(folder, file), text + "\n");
    }
}
