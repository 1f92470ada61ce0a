using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;

namespace Kops.Cli.Output;

/// <summary>Objects as <c>-o yaml</c> and <c>-o json</c> print them.</summary>
internal static class ObjectOutput
{
    private const string Separator = "\n---\n\n";

    /// <summary>Objects, and other documents behind them.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="format">YAML or JSON.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="others">Documents that are no kOps objects.</param>
    /// <param name="isSingle">Whether JSON is one object and no list.</param>
    public static void Write(
        TextWriter output,
        OutputFormat format,
        IReadOnlyList<KopsObject> objects,
        IReadOnlyList<MappingNode> others,
        bool isSingle = false
    )
    {
        if (format is OutputFormat.Yaml)
            output.Write(string.Join(Separator, objects.Select(value => KopsCodec.ToYaml([value])).Concat(others.Select(NodeText.ToYaml))));
        else if (isSingle)
            output.Write(KopsCodec.ToJson(objects, single: true));
        else
        {
            var items = objects.Select(value => KopsCodec.ToJson([value], single: true)).Concat(others.Select(NodeText.ToJson));
            output.Write($"[{string.Join(',', items)}]");
        }
    }
}
