using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>
/// Kubeconfigs, merged as kubectl merges them: of entries with one name the first counts, and so does the first <c>current-context </c>.
/// </summary>
/// <remarks>Source: Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files".</remarks>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, ConfigEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _read = [];

    /// <summary>The context that counts when none is named; null for none.</summary>
    internal string? CurrentContext { get; private set; }

    /// <summary>The files that were found.</summary>
    internal IReadOnlyList<string> Files => _read;

    /// <summary>The names of the contexts, sorted.</summary>
    internal IEnumerable<string> Contexts =>
        _entries
            .Keys.Where(name => name.StartsWith("contexts/", StringComparison.Ordinal))
            .Select(name => name["contexts/".Length..])
            .Order(StringComparer.Ordinal);

    /// <summary>Reads files. What is not there is passed over.</summary>
    /// <exception cref="SignInException">A file is there and cannot be read.</exception>
    internal static Kubeconfig Read(IEnumerable<string> files)
    {
        var config = new Kubeconfig();
        foreach (var file in files.Where(File.Exists))
            config.Add(Path.GetFullPath(file));
        return config;
    }

    /// <summary>An entry; null where there is none of that name.</summary>
    /// <param name="list"><c>clusters</c>, <c>users</c> or <c>contexts</c>.</param>
    /// <param name="name">Its name.</param>
    internal ConfigEntry? Find(string list, string name) => _entries.GetValueOrDefault($"{list}/{name}");

    private void Add(string file)
    {
        _read.Add(file);
        if (Load(file) is not { } root)
            return;
        CurrentContext ??= ConfigEntry.Text(root, "current-context");
        foreach (var list in (string[])["clusters", "users", "contexts"])
        {
            if (ConfigEntry.Child(root, list) is not YamlSequenceNode items)
                continue;
            foreach (var item in items.OfType<YamlMappingNode>())
            {
                if (ConfigEntry.Text(item, "name") is not { } name)
                    continue;
                var kind = list[..^1];
                var node = ConfigEntry.Child(item, kind) as YamlMappingNode ?? [];
                _entries.TryAdd($"{list}/{name}", new ConfigEntry($"{kind} '{name}' in {file}", file, node));
            }
        }
    }

    private static YamlMappingNode? Load(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents.Count == 0)
                return null;
            return stream.Documents[0].RootNode as YamlMappingNode
                ?? (
                    stream.Documents[0].RootNode is YamlScalarNode { Value: "" or null }
                        ? null
                        : throw new SignInException(
                            $"{file} is not a kubeconfig: it should hold a mapping with 'clusters', 'users' and 'contexts'"
                        )
                );
        }
        catch (YamlException e)
        {
            throw new SignInException($"{file} is not a kubeconfig: line {e.Start.Line}: {e.Message}", cause: e);
        }
        catch (InvalidOperationException e)
        {
            // What the parser says of brackets that do not match.
            throw new SignInException($"{file} is not a kubeconfig: it is not YAML", cause: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignInException($"the kubeconfig {file} cannot be read: {e.Message}", cause: e);
        }
    }
}
