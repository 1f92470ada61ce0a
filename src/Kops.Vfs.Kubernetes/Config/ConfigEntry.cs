using System.Text;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using YamlDotNet.RepresentationModel;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>A named cluster, user or context of a kubeconfig, and the file that it stands in.</summary>
/// <param name="What">For messages: <c>user 'admin' in /root/.kube/config</c>.</param>
/// <param name="File">The file; paths in the entry are relative to its directory.</param>
/// <param name="Node">The entry.</param>
internal sealed record ConfigEntry(string What, string File, YamlMappingNode Node)
{
    internal string? Text(string name) => Text(Node, name);

    internal bool Flag(string name) => Text(name) == "true";

    internal YamlMappingNode? Map(string name) => Child(Node, name) as YamlMappingNode;

    /// <summary>A path, made absolute.</summary>
    internal string? Path(string name) =>
        Text(name) is { } path ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(File) ?? string.Empty, path) : null;

    /// <summary>What stands in the entry in base64 (<c>NAME-data</c>), or in the file that it names.</summary>
    /// <returns>Null for neither.</returns>
    internal string? Content(string name)
    {
        try
        {
            return Text(name + "-data") is { } data ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : Path(name) is { } path ? System.IO.File.ReadAllText(path)
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SignInException($"'{name}' of {What} cannot be read: {e.Message}", cause: e);
        }
    }

    internal static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    internal static string? Text(YamlMappingNode node, string name) =>
        Child(node, name) is YamlScalarNode { Value: { Length: > 0 } value } && value is not ("null" or "~") ? value : null;
}
