using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Model.Channels;

/// <summary>
/// Reads a channel as kOps publishes it: YAML with <c>spec.images </c>, <c>spec.kubernetesVersions </c> and <c>spec.kopsVersions </c>.
/// </summary>
public static class ChannelDocument
{
    /// <summary>Reads a channel from YAML text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">Where it came from, for messages.</param>
    /// <exception cref="InvalidObjectException">Not YAML.</exception>
    /// <exception cref="FormatException">Not a channel; the message says where.</exception>
    public static Channel Read(ReadOnlyMemory<byte> text, string source) =>
        YamlReader.Read(text, source) is [{ Root: MappingNode document }, ..]
            ? Read(document)
            : throw new FormatException($"{source}: a channel needs the field 'spec'");

    /// <summary>Reads a channel. What a channel may say beyond images and versions is left alone.</summary>
    /// <exception cref="FormatException">A range that is none, or an image without a name; the message says which entry.</exception>
    public static Channel Read(MappingNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document["spec"] is not MappingNode spec)
            throw new FormatException("a channel needs the field 'spec'");
        return new(
            [.. Items(spec, "images").Select(Image)],
            [
                .. Items(spec, "kubernetesVersions")
                    .Select(
                        (item, at) =>
                            new KubernetesAdvice(
                                Range(item, "range", $"spec.kubernetesVersions[{at}]"),
                                Text(item, "recommendedVersion"),
                                Text(item, "requiredVersion")
                            )
                    ),
            ],
            [
                .. Items(spec, "kopsVersions")
                    .Select(
                        (item, at) =>
                            new KopsAdvice(
                                Range(item, "range", $"spec.kopsVersions[{at}]"),
                                Text(item, "recommendedVersion"),
                                Text(item, "requiredVersion"),
                                Text(item, "kubernetesVersion")
                            )
                    ),
            ]
        );
    }

    private static ChannelImage Image(MappingNode item, int at)
    {
        var path = $"spec.images[{at}]";
        return new(
            Text(item, "providerID") ?? string.Empty,
            Text(item, "architectureID"),
            item.Has("kubernetesVersion") ? Range(item, "kubernetesVersion", path) : null,
            Text(item, "name") ?? throw new FormatException($"{path} needs the field 'name'")
        );
    }

    private static VersionRange Range(MappingNode item, string name, string path)
    {
        var text = Text(item, name) ?? throw new FormatException($"{path} needs the field '{name}'");
        try
        {
            return VersionRange.Parse(text);
        }
        catch (FormatException notARange)
        {
            throw new FormatException($"{path}.{name}: {notARange.Message}", notARange);
        }
    }

    private static IEnumerable<MappingNode> Items(MappingNode spec, string name) =>
        spec[name] is SequenceNode list ? list.OfType<MappingNode>() : [];

    private static string? Text(MappingNode item, string name) =>
        item[name] is ScalarNode { Kind: not ScalarKind.Null, Text: { Length: > 0 } text } ? text : null;
}
