using Kops.Cli.Clouds;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Operations.Toolbox;

namespace Kops.Cli.Commands.Toolbox;

/// <summary><c>kops toolbox template</c>: documents of templates and values.</summary>
internal static class TemplateCommand
{
    private static readonly Flag<IReadOnlyList<string>> Templates = Flag.List(
        "template",
        "Template, or a directory of templates; may be repeated"
    ) with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<IReadOnlyList<string>> Values = Flag.List(
        "values",
        "File of values in YAML, or a directory of such; may be repeated, later ones win"
    ) with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<IReadOnlyList<string>> Snippets = Flag.List(
        "snippets",
        "File, or a directory of files, that templates include by name"
    ) with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<IReadOnlyList<string>> Set = Texts("set", "Set values: version=1.36.3,zones={a,b},zones[1]=c");

    private static readonly Flag<IReadOnlyList<string>> SetString = Texts("set-string", "The same, and each value is text");

    private static readonly Flag<string?> ConfigValue = Flag.Text("config-value", "Print this value, and render nothing");

    private static readonly Flag<bool> FailOnMissing = Flag.Switch(
        "fail-on-missing",
        "Take a value that is not set for an error; without, it is written as <no value>"
    ) with
    {
        Default = "true",
    };

    private static readonly Flag<bool> FormatYaml = Flag.Switch("format-yaml", "Read what was rendered as YAML, and write it again");

    private static readonly Flag<string?> Out = Flag.Text("out", "File to write; default: standard output") with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<string?> ChannelName = Flag.Text("channel", "Channel that the functions of channels ask") with
    {
        Default = Channel.DefaultName,
        Choices = ChannelSnapshots.Names,
    };

    public static CommandSpec Spec { get; } =
        new("toolbox template", "Make documents of templates and values")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Templates are Go's, with the functions of sprig, 'include' for snippets, and what the channel recommends. It needs no\n"
                + "cloud and no state store. See docs/templates.md.",
            Examples =
            [
                (
                    "One cluster of many",
                    "kops toolbox template --template cluster.tmpl.yaml --values dev.yaml --format-yaml > dev-cluster.yaml"
                ),
                (
                    "With values of the moment",
                    "kops toolbox template --template groups/ --values dev.yaml --set 'zones={a,b}' --out groups.yaml"
                ),
            ],
            Flags = [Templates, Values, Set, SetString, Snippets, FailOnMissing, FormatYaml, Out, ChannelName, ConfigValue],
            Run = RunAsync,
        };

    // Each time the flag is given is one text: its commas are part of it.
    private static Flag<IReadOnlyList<string>> Texts(string name, string help) =>
        new(name, FlagKind.List, help, static (_, values) => values);

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var request = new TemplateRequest
        {
            Values = await ReadAsync(run, run.Get(Values), cancellationToken),
            Assignments = run.Get(Set),
            TextAssignments = run.Get(SetString),
            ClusterName = ClusterName(run),
            FailsOnMissing = run.Get(FailOnMissing),
            FormatsYaml = run.Get(FormatYaml),
            Clock = run.Host.Time,
            Variable = run.Host.Variable,
        };
        if (run.Get(ConfigValue) is { Length: > 0 } name)
        {
            run.Out.WriteLine(RenderTemplates.ShowValue(request, name));
            return ExitCode.Done;
        }

        if (run.Get(Templates).Count == 0)
            throw CommandException.Usage("name a template with --template, or a value with --config-value");
        request = request with
        {
            Templates = await ReadAsync(run, run.Get(Templates), cancellationToken),
            Snippets = await ReadAsync(run, run.Get(Snippets), cancellationToken),
            Channel = await Knowledge.Of(run).FindChannelAsync(run.Get(ChannelName) ?? Channel.DefaultName, cancellationToken),
        };
        var text = RenderTemplates.Render(request);
        if (run.Get(Out) is not { Length: > 0 } file)
            run.Out.Write(text);
        else
            await WriteAsync(file, text, cancellationToken);
        return ExitCode.Done;
    }

    private static string? ClusterName(Invocation run) =>
        run.Arguments is [var name, ..] ? name : ClusterNames.TryFind(run.Host, run.Options, usesContext: false, run.Error);

    private static async Task<IReadOnlyList<TemplateFile>> ReadAsync(
        Invocation run,
        IReadOnlyList<string> paths,
        CancellationToken cancellationToken
    )
    {
        var files = new List<TemplateFile>();
        foreach (var path in paths.SelectMany(Expand))
        {
            var text = await UserFile.ReadInputAsync(run, path, cancellationToken);
            files.Add(new TemplateFile(path == "-" ? "standard input" : path, System.Text.Encoding.UTF8.GetString(text.Span)));
        }

        return files;
    }

    // The files of a directory and of those in it, each directory in the order of names, as kOps walks them.
    private static IEnumerable<string> Expand(string path) =>
        Directory.Exists(path)
            ? new DirectoryInfo(path)
                .EnumerateFileSystemInfos()
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .SelectMany(entry => Expand(Path.Combine(path, entry.Name)))
            : [path];

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"cannot write {file}: {failed.Message}", failed);
        }
    }
}
