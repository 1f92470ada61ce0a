using System.Text;
using System.Text.RegularExpressions;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Build.Addons.Objects;

/// <summary>Manifests of several objects: read as kOps divides them, and written as kOps writes them.</summary>
internal static partial class ManifestText
{
    private const string Divider = "\n---\n";

    /// <summary>The objects, in the order in which they stand. Parts that hold nothing but comments are passed over.</summary>
    /// <exception cref="Kops.Api.InvalidObjectException">A part cannot be read.</exception>
    public static IEnumerable<MappingNode> Read(string text, string source) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal)
            .Split(Divider)
            .Where(part => !Nothing.IsMatch(part))
            .Select(part => YamlReader.Read(Encoding.UTF8.GetBytes(part), source).Select(document => document.Root).FirstOrDefault())
            .OfType<MappingNode>()
            .Where(value => value.Count > 0);

    /// <summary>The manifest, without white space at its ends.</summary>
    public static string Write(IEnumerable<Node> objects) => string.Join(Divider + "\n", objects.Select(YamlWriter.Write)).Trim();

    [GeneratedRegex(@"\A(\s*(#[^\n]*)?(\n|\z))*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Nothing { get; }
}
