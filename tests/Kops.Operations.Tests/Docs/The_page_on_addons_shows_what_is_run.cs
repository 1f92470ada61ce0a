using System.Runtime.CompilerServices;
using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Build;
using Kops.Build.Addons.Sources;
using Kops.Build.Input;
using Kops.Operations.Addons;

namespace Kops.Operations.Tests.Docs;

/// <summary>The sample of docs/addons.md, run.</summary>
public sealed class The_page_on_addons_shows_what_is_run : IDisposable
{
    private const string Text = """
        apiVersion: kops.k8s.io/v1alpha2
        kind: Cluster
        metadata:
          name: demo.example.com
        spec:
          cloudProvider: digitalocean
          configBase: memfs://state/demo.example.com
          kubernetesVersion: 1.36.3
          networking: {}
          topology:
            dns:
              type: None
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kops-addons").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Line_by_line()
    {
        var (folder, pins, request) = (_folder, Path.Combine(_folder, "pins"), Request());
        Put("kops-controller.addons.k8s.io/k8s-1.16.yaml.template", "kind: ConfigMap\nmetadata: {name: '{{ClusterName}}'}\n");

        // <example>
        var source = UserSource.OfFolder(folder);
        new SourcePins(pins).Check(source);
        var files = ClusterFiles.Of(request with { AddonSource = source.Addons });
        // </example>

        var made = files
            .Files.Where(file => file.Role == FileRole.AddonManifest)
            .Select(file => Encoding.UTF8.GetString(file.Content.Span));
        Assert.Contains(made, text => text.Contains("name: demo.example.com", StringComparison.Ordinal));
        var here = File.ReadAllText(Here()).Split("// <example>")[1].Split("// </example>")[0];
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "addons.md"));
        Assert.All(here.Split('\n').Select(line => line.Trim()), line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    private static BuildRequest Request() =>
        new(KopsCodec.Decode(Encoding.UTF8.GetBytes(Text), "sample").Select(document => document.Object).OfType<Cluster>().Single())
        {
            Keysets = new Dictionary<string, KeysetFact>(),
        };

    private void Put(string place, string text)
    {
        var file = Path.Combine(_folder, AddonSource.Folder, place);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
