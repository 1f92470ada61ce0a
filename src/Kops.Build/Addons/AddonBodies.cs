using System.Security.Cryptography;
using System.Text;
using Kops.Api;
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

    /// <summary>The SHA-256 of a manifest without white space at its ends.</summary>
    public static string HashOf(ReadOnlyMemory<byte> body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span).Trim())));

    /// <summary>The tag of an image that containers of a manifest run, wherever it is pulled from; null where none does.</summary>
    /// <param name="body">The manifest.</param>
    /// <param name="name">The image's name, without its place.</param>
    public static string? TagOf(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            return Images([body])
                .Select(image => image[(image.LastIndexOf('/') + 1)..].Split('@')[0].Split(':'))
                .Where(parts => parts.Length == 2 && parts[0] == name)
                .Select(parts => parts[1])
                .FirstOrDefault();
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }

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
