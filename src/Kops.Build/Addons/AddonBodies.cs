using Kops.Api.Documents;
using Kops.Api.Yaml;

namespace Kops.Build.Addons;

/// <summary>The manifests of addons, as they lie in the store.</summary>
internal static class AddonBodies
{
    /// <summary>The objects of a manifest.</summary>
    public static IEnumerable<MappingNode> Objects(ReadOnlyMemory<byte> body) =>
        YamlReader.Read(body, "addon").Select(document => document.Root).OfType<MappingNode>();

    /// <summary>The images that containers of the objects run.</summary>
    public static IEnumerable<string> Images(IEnumerable<ReadOnlyMemory<byte>> bodies) =>
        bodies.SelectMany(Objects).SelectMany(value => ImagesIn(value));

    private static IEnumerable<string> ImagesIn(Node node) =>
        node switch
        {
            MappingNode mapping => mapping.SelectMany(field =>
                field.Key is "containers" or "initContainers" && field.Value is SequenceNode containers
                    ? containers
                        .OfType<MappingNode>()
                        .Select(container => container["image"])
                        .OfType<ScalarNode>()
                        .Select(image => image.Text)
                    : ImagesIn(field.Value)
            ),
            SequenceNode list => list.SelectMany(ImagesIn),
            _ => [],
        };
}
