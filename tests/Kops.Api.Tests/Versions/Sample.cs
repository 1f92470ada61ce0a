using System.Text;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Api.Tests.Versions;

/// <summary>Small documents of our own.</summary>
internal static class Sample
{
    /// <summary>A document with the given fields of its spec, a YAML text.</summary>
    public static string Text(string version, string kind, string spec) =>
        $"apiVersion: kops.k8s.io/{version}\nkind: {kind}\nmetadata:\n  name: demo\nspec:\n  "
        + $"{spec.ReplaceLineEndings("\n").Trim().Replace("\n", "\n  ", StringComparison.Ordinal)}\n";

    public static ApiDocument Decode(string text) => KopsCodec.Decode(Encoding.UTF8.GetBytes(text), "demo.yaml").Single();

    public static MappingNode Tree(string text) => (MappingNode)YamlReader.Read(Encoding.UTF8.GetBytes(text), "demo.yaml").Single().Root;

    public static InvalidObjectException Refused(string text) => Xunit.Assert.Throws<InvalidObjectException>(() => Decode(text));
}
