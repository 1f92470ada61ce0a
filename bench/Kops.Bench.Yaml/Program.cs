using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Yaml;
using Kops.Bench.Yaml;

// dotnet run -c Release --project bench/Kops.Bench.Yaml [DIRECTORY]
// Decodes and encodes the YAML that lies below a directory (the golden files, when none is named).
var directory =
    args.FirstOrDefault()
    ?? Environment.GetEnvironmentVariable("KOPS_GOLDENS")
    ?? Path.Combine(Environment.GetEnvironmentVariable("KOPS_SHARED") ?? "../shared", "goldens");
if (!Directory.Exists(directory))
{
    Console.Error.WriteLine($"no directory {directory}: name one with YAML files in it");
    return 2;
}

var files = Directory
    .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
    .Where(path => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".spec", StringComparison.Ordinal))
    .Order(StringComparer.Ordinal)
    .Select(File.ReadAllBytes)
    .ToArray();
var clusters = Directory
    .EnumerateFiles(directory, "cluster-completed.spec", SearchOption.AllDirectories)
    .Order(StringComparer.Ordinal)
    .Select(File.ReadAllBytes)
    .ToArray();
var trees = files.SelectMany(file => YamlReader.Read(file, "file")).Select(document => document.Root).ToArray();
var objects = clusters.Select(file => KopsCodec.DecodeStored<Cluster>(file, "file").Value).ToArray();
var texts = files.Select(Encoding.UTF8.GetString).ToArray();
var config = Encoding.UTF8.GetBytes(Samples.Config);
var all = files.Sum(file => (long)file.Length);
var ofClusters = clusters.Sum(file => (long)file.Length);

Console.WriteLine($"{files.Length} files, {all / 1e6:F2} MB; of them {clusters.Length} completed clusters, {ofClusters / 1e6:F2} MB");
Measure.Print(
    "read to trees",
    all,
    () =>
    {
        foreach (var file in files)
            YamlReader.Read(file, "file");
    }
);
Measure.Print(
    "  peer: YamlDotNet, events alone",
    all,
    () =>
    {
        foreach (var text in texts)
        {
            var parser = new YamlDotNet.Core.Parser(new StringReader(text));
            while (parser.MoveNext()) { }
        }
    }
);
Measure.Print(
    "  peer: SharpYaml, events alone",
    all,
    () =>
    {
        foreach (var text in texts)
        {
            var parser = SharpYaml.Parser.CreateParser(new StringReader(text));
            while (parser.MoveNext()) { }
        }
    }
);
Measure.Print(
    "write from trees",
    all,
    () =>
    {
        foreach (var tree in trees)
            YamlWriter.Write(tree);
    }
);
Measure.Print(
    "decode clusters (read, check, normalise)",
    ofClusters,
    () =>
    {
        foreach (var cluster in clusters)
            KopsCodec.DecodeStored<Cluster>(cluster, "file");
    }
);
Measure.Print(
    "encode clusters (copy, normalise, write)",
    ofClusters,
    () =>
    {
        foreach (var value in objects)
            KopsCodec.Encode(value);
    }
);
Measure.Print(
    $"decode 1,000 configs of {config.Length} bytes, one thread",
    config.Length * 1000L,
    () =>
    {
        for (var i = 0; i < 1000; i++)
            KopsCodec.DecodeStored<Cluster>(config, "file");
    }
);
return 0;
