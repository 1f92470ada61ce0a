using Kops.Api.Documents;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;

namespace Kops.Cli.Kubeconfigs;

/// <summary>
/// What kubectl is pointed at: the files of <c>KUBECONFIG </c>, else <c>~/.kube/config </c>; of several, the first that says something
/// counts.
/// </summary>
internal static class Kubeconfig
{
    /// <summary>The cluster of the current context; null when there is none. A file that cannot be read is noted and passed over.</summary>
    public static string? CurrentCluster(KopsHost host, TextWriter? notes)
    {
        var files = Paths(host).Where(File.Exists).Select(path => TryRead(path, notes)).OfType<MappingNode>().ToList();
        var current = files.Select(file => Text(file["current-context"])).FirstOrDefault(name => name is not null);
        return current is null
            ? null
            : files
                .SelectMany(file => file["contexts"] is SequenceNode list ? list.OfType<MappingNode>() : [])
                .Where(context => Text(context["name"]) == current)
                .Select(context => Text((context["context"] as MappingNode)?["cluster"]))
                .FirstOrDefault();
    }

    /// <summary>The files that kubectl reads, the first that counts first.</summary>
    public static string[] Paths(KopsHost host) =>
        host.Variable("KUBECONFIG") is { } list
            ? [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(path => HomePath.Expand(path, host.Home))]
        : host.Home is { } home ? [Path.Combine(home, ".kube", "config")]
        : [];

    private static MappingNode? TryRead(string path, TextWriter? notes)
    {
        try
        {
            return YamlFile.Read(path);
        }
        catch (Exception unreadable) when (unreadable is CommandException or Api.InvalidObjectException)
        {
            notes?.WriteLine($"Warning: passing over kubectl's configuration: {unreadable.Message}");
            return null;
        }
    }

    private static string? Text(Node? node) => node is ScalarNode { Kind: ScalarKind.Text, Text: { Length: > 0 } text } ? text : null;
}
