using Kops.Model.Tests.Goldens;

namespace Kops.Operations.Tests.Goldens;

/// <summary>
/// Writes what this program makes of the cases of <c>update cluster</c>, run as a user would, beside what kOps made, for
/// <c>eng/goldens</c> to count and compare: into the folder that <c>KOPS_GOLDENS_REPORT</c> names, else one that goes away again.
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
    public async Task Has_both_sides_of_every_case()
    {
        foreach (var one in UserCase.All)
        {
            await WriteAsync(one, "expected", one.Expected);
            await WriteAsync(one, "actual", await MadeAsync(one));
        }

        foreach (var one in UserCase.All)
            Assert.True(File.Exists(PathOf(one, "expected")) && File.Exists(PathOf(one, "actual")));
    }

    private static async Task<string> MadeAsync(UserCase one)
    {
        try
        {
            return await one.CompletedAsync();
        }
#pragma warning disable CA1031 // A case that fails is one that differs.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"failed: {failure.Message}";
        }
    }

    private async Task WriteAsync(UserCase one, string side, string text)
    {
        var path = PathOf(one, side);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text + "\n");
    }

    private string PathOf(UserCase one, string side) =>
        Path.Combine(_folder, one.Family, one.Name, side, $"{Path.GetFileNameWithoutExtension(one.File)}-completed.yaml");
}
