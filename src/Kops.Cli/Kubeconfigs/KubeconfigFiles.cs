using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Kubeconfigs;

/// <summary>
/// The files that kubectl reads as one, to be changed as kubectl does: an entry in the first file that has it, a new one in the first file
/// that is there.
/// </summary>
internal sealed class KubeconfigFiles
{
    private readonly IReadOnlyList<KubeconfigFile> _files;

    private KubeconfigFiles(IReadOnlyList<KubeconfigFile> files) => _files = files;

    /// <summary>Reads the files.</summary>
    /// <param name="run">The command.</param>
    /// <param name="named">The one file that the user names; else those of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CommandException">One is no kubeconfig, or nobody says where they are.</exception>
    public static async Task<KubeconfigFiles> OpenAsync(Invocation run, string? named, CancellationToken cancellationToken)
    {
        string[] paths = named is { Length: > 0 } ? [named] : Kubeconfig.Paths(run.Host);
        if (paths.Length == 0)
            throw CommandException.Usage("HOME is not set; name the kubeconfig with --kubeconfig");
        var files = new List<KubeconfigFile>();
        foreach (var path in paths)
            files.Add(await KubeconfigFile.OpenAsync(run, path, cancellationToken));
        return new KubeconfigFiles(files);
    }

    /// <summary>Where new entries go, and the current context.</summary>
    public KubeconfigFile First => _files.FirstOrDefault(file => file.Exists) ?? _files[^1];

    /// <summary>Whether any has a user of that name.</summary>
    public bool HasUser(string name) => _files.Any(file => file.Find(KubeconfigList.Users, name) is not null);

    /// <summary>What a list has under a name, made where no file has it.</summary>
    public MappingNode FindOrAdd(KubeconfigList list, string name) =>
        (_files.FirstOrDefault(file => file.Find(list, name) is not null) ?? First).FindOrAdd(list, name);

    /// <summary>Points a context, made where it is missing, at a cluster, and makes it the current one.</summary>
    /// <param name="name">The context and the cluster.</param>
    /// <param name="user">Its user; null leaves it as it is.</param>
    public void Use(string name, string? user)
    {
        var context = FindOrAdd(KubeconfigList.Contexts, name);
        context["cluster"] = ScalarNode.Of(name);
        if (user is not null)
            context["user"] = ScalarNode.Of(user);
        First.Use(name);
    }

    /// <summary>Writes those that are changed.</summary>
    /// <exception cref="CommandException">Somebody else changed one meanwhile.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        // The one that makes the context current comes last: until then nothing is used that is not there.
        foreach (var file in _files.OrderBy(file => file == First))
            await file.SaveAsync(cancellationToken);
    }
}
