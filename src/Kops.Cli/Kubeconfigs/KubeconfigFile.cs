using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.Cli.Kubeconfigs;

/// <summary>A kubeconfig that is changed: what is not ours in it stays.</summary>
internal sealed class KubeconfigFile
{
    private readonly StoredFile _file;
    private readonly MappingNode _root;

    private KubeconfigFile(StoredFile file, MappingNode root) => (_file, _root) = (file, root);

    /// <summary>Reads the file that is to be changed; one that is not there is empty.</summary>
    /// <param name="run">The command.</param>
    /// <param name="named">The file that the user names; else the first of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CommandException">It is no kubeconfig, or nobody says where it is.</exception>
    public static async Task<KubeconfigFile> OpenAsync(Invocation run, string? named, CancellationToken cancellationToken)
    {
        var path = named is { Length: > 0 }
            ? named
            : Kubeconfig.Paths(run.Host).FirstOrDefault()
                ?? throw CommandException.Usage("HOME is not set; name the kubeconfig with --kubeconfig");
        var real = System.IO.Path.GetFullPath(
            File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path
        );
        var file = await StoredFile.ReadAsync(
            run.Stores.Resolve(System.IO.Path.GetDirectoryName(real) ?? "/").Join(System.IO.Path.GetFileName(real)),
            cancellationToken
        );
        return YamlReader.Read(file.Bytes, path) switch
        {
            [] => new(file, new MappingNode { ["apiVersion"] = ScalarNode.Of("v1"), ["kind"] = ScalarNode.Of("Config") }),
            [{ Root: MappingNode root }] => new(file, root),
            _ => throw CommandException.Failed($"{path}: is not a kubeconfig: expected lines such as 'key: value'"),
        };
    }

    /// <summary>Where it stands.</summary>
    public string Path => _file.Path.ToString();

    /// <summary>Whether it has a user of that name.</summary>
    public bool HasUser(string name) => Entry("users", "user", name, add: false) is not null;

    /// <summary>The named cluster, made where it is missing.</summary>
    public MappingNode Cluster(string name) => Entry("clusters", "cluster", name, add: true)!;

    /// <summary>The named user, made where it is missing.</summary>
    public MappingNode User(string name) => Entry("users", "user", name, add: true)!;

    /// <summary>Points a context, made where it is missing, at a cluster, and makes it the current one.</summary>
    /// <param name="name">The context and the cluster.</param>
    /// <param name="user">Its user; null leaves it as it is.</param>
    public void Use(string name, string? user)
    {
        var context = Entry("contexts", "context", name, add: true)!;
        context["cluster"] = ScalarNode.Of(name);
        if (user is not null)
            context["user"] = ScalarNode.Of(user);
        _root["current-context"] = ScalarNode.Of(name);
    }

    /// <summary>Takes a cluster, its context and its users out. Those of others stay, though they share the cluster.</summary>
    /// <param name="name">The cluster.</param>
    /// <returns>Whether there was anything of it.</returns>
    public bool Remove(string name)
    {
        var isChanged = false;
        foreach (var list in (string[])["clusters", "contexts", "users"])
        {
            if (_root[list] is not SequenceNode entries)
                continue;
            foreach (
                var entry in entries
                    .OfType<MappingNode>()
                    .Where(entry => IsNamed(entry, name) || IsNamed(entry, $"{name}-basic-auth"))
                    .ToList()
            )
            {
                entries.Remove(entry);
                isChanged = true;
            }
        }

        if (_root["current-context"] is ScalarNode current && current.Text == name)
        {
            _root["current-context"] = ScalarNode.Of(string.Empty);
            isChanged = true;
        }

        return isChanged;
    }

    /// <summary>Writes it, if nobody else changed it meanwhile. A new file can be read by its owner alone.</summary>
    /// <exception cref="CommandException">Somebody changed it.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var outcome = await _file.Path.WriteAsync(
            System.Text.Encoding.UTF8.GetBytes(YamlWriter.Write(_root)),
            WriteCondition.Unchanged(_file.Version),
            cancellationToken
        );
        if (!outcome.Succeeded)
            throw CommandException.Conflict($"{Path} was changed meanwhile; run the command again");
    }

    private MappingNode? Entry(string list, string kind, string name, bool add)
    {
        if (_root[list] is not SequenceNode entries)
            _root[list] = entries = [];
        var entry = entries.OfType<MappingNode>().FirstOrDefault(entry => IsNamed(entry, name));
        if (entry is null && !add)
            return null;
        if (entry is null)
            entries.Add(entry = new MappingNode { ["name"] = ScalarNode.Of(name) });
        return entry.Ensure(kind);
    }

    private static bool IsNamed(MappingNode entry, string name) => entry["name"] is ScalarNode text && text.Text == name;
}
