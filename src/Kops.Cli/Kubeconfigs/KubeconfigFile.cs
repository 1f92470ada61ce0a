using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.Cli.Kubeconfigs;

/// <summary>A kubeconfig that is changed: what is not ours in it stays.</summary>
internal sealed class KubeconfigFile
{
    private const string Current = "current-context";
    private readonly StoredFile _file;
    private readonly MappingNode _root;
    private readonly string _before;

    private KubeconfigFile(StoredFile file, MappingNode root) => (_file, _root, _before) = (file, root, YamlWriter.Write(root));

    /// <summary>Reads a file that may be changed; one that is not there is empty.</summary>
    /// <param name="run">The command.</param>
    /// <param name="written">Its path as the user wrote it. Links are followed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CommandException">It is no kubeconfig, or no file.</exception>
    public static async Task<KubeconfigFile> OpenAsync(Invocation run, string written, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(HomePath.Expand(written, run.Host.Home), run.Host.WorkingDirectory);
        var real = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
        // Such as /dev/stdout: what it leads to has no name, and nothing can be read back from it.
        if (File.Exists(path) && !File.Exists(real))
            throw CommandException.Usage($"{written} is not a file; name one with --kubeconfig");
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

    /// <summary>Whether it was there already.</summary>
    public bool Exists => _file.Version is not null;

    /// <summary>What a list has under a name; null where it has nothing.</summary>
    public MappingNode? Find(KubeconfigList list, string name) => EntryOf(list, name)?.Ensure(list.Kind);

    /// <summary>The same, made where it is missing.</summary>
    public MappingNode FindOrAdd(KubeconfigList list, string name)
    {
        if (Find(list, name) is { } found)
            return found;
        if (_root[list.Name] is not SequenceNode entries)
            _root[list.Name] = entries = [];
        var entry = new MappingNode { ["name"] = ScalarNode.Of(name) };
        entries.Add(entry);
        return entry.Ensure(list.Kind);
    }

    /// <summary>Makes a context the current one.</summary>
    public void Use(string context) => _root[Current] = ScalarNode.Of(context);

    /// <summary>Takes a cluster, its context and its users out. Those of others stay, though they share the cluster.</summary>
    /// <param name="name">The cluster.</param>
    public void Remove(string name)
    {
        foreach (var list in KubeconfigList.All)
        {
            foreach (var each in (string[])[name, $"{name}-basic-auth"])
            {
                while (EntryOf(list, each) is { } entry)
                    ((SequenceNode)_root[list.Name]!).Remove(entry);
            }
        }

        if (_root[Current] is ScalarNode current && current.Text == name)
            _root[Current] = ScalarNode.Of(string.Empty);
    }

    /// <summary>Writes it where it is changed, if nobody else changed it meanwhile. A new file can be read by its owner alone.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="CommandException">Somebody changed it.</exception>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        var text = YamlWriter.Write(_root);
        if (text == _before)
            return false;
        // What is written takes the file's place, and its mode: a team may share it, and who may not write it must not by this.
        var mode = !OperatingSystem.IsWindows() && Exists ? File.GetUnixFileMode(Path) : (UnixFileMode?)null;
        if (mode is { } before && !before.HasFlag(UnixFileMode.UserWrite))
            throw CommandException.Failed($"{Path} is read-only; 'chmod u+w' lets it be changed");
        var outcome = await _file.Path.WriteAsync(
            System.Text.Encoding.UTF8.GetBytes(text),
            WriteCondition.Unchanged(_file.Version),
            cancellationToken
        );
        if (!outcome.Succeeded)
            throw CommandException.Conflict($"{Path} was changed meanwhile; run the command again");
        if (mode is { } kept && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, kept);
        return true;
    }

    private MappingNode? EntryOf(KubeconfigList list, string name) =>
        (_root[list.Name] as SequenceNode)
            ?.OfType<MappingNode>()
            .FirstOrDefault(entry => entry["name"] is ScalarNode text && text.Text == name);
}
