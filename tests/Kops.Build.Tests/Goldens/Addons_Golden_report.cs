using System.Text;
using Kops.Build.Addons.Sources;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>
/// Writes the manifests of addons that are made of kOps' templates beside those that kOps made, for <c>eng/goldens</c> to compare: into the
/// folder that <c>KOPS_GOLDENS_REPORT</c> names: <c>FAMILY-addons/CASE/expected/MANIFEST</c> and <c>FAMILY-addons/CASE/actual/MANIFEST</c>.
/// </summary>
public sealed class Addons_Golden_report
{
    private const string Channel = "bootstrap-channel.yaml";

    [Fact]
    public void Has_both_sides_of_every_case()
    {
        var folder = Environment.GetEnvironmentVariable("KOPS_GOLDENS_REPORT");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "KOPS_GOLDENS_REPORT names no folder");
        Assert.SkipUnless(Directory.Exists(GoldenSource.Folder), $"no source of kOps in {GoldenSource.Folder}");
        var source = GoldenSource.Load();
        foreach (var golden in NodeFilesCase.All)
        {
            var place = Path.Combine(folder, $"{golden.Family}-addons", golden.Name);
            var list = Encoding.UTF8.GetBytes(golden.Expected()[$"addons/{Channel}"]);
            Write(Path.Combine(place, "expected"), golden.Addons().Append(new(Channel, list)));
            Write(Path.Combine(place, "actual"), Made(golden, source));
        }

        Assert.All(
            NodeFilesCase.All,
            golden => Assert.True(Directory.Exists(Path.Combine(folder, $"{golden.Family}-addons", golden.Name)))
        );
    }

    private static IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Made(NodeFilesCase golden, AddonSource source)
    {
        try
        {
            return ClusterFiles
                .Of(golden.Requests().Last() with { AddonSource = source, Addons = new Dictionary<string, ReadOnlyMemory<byte>>() })
                .Files.Where(file => file.Role is FileRole.AddonManifest or FileRole.BootstrapChannel)
                .Select(file => KeyValuePair.Create(file.Role == FileRole.BootstrapChannel ? Channel : file.Name, file.Content));
        }
        catch (FormatException failure)
        {
            return [new("failed", Encoding.UTF8.GetBytes(failure.Message))];
        }
    }

    private static void Write(string folder, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, GoldenCases.Normal(Encoding.UTF8.GetString(content.Span)) + "\n");
        }
    }
}
