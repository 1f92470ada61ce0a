using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Model.Channels;
using Kops.Model.Clouds;

namespace Kops.Cli.Clusters;

/// <summary>What is known of clouds and versions: from the snapshots inside, or from what the user names in their place.</summary>
internal static class Knowledge
{
    private const string FactsVariable = "KOPS_CLOUD_FACTS";

    /// <summary>The facts of the file that <c>KOPS_CLOUD_FACTS</c> names, else the snapshot.</summary>
    public static CloudFacts CloudFacts(Invocation run)
    {
        if (run.Host.Variable(FactsVariable) is not { } path)
            return CloudSnapshot.Load();
        try
        {
            return CloudFactsDocument.Read(YamlFile.Read(path));
        }
        catch (FormatException malformed)
        {
            throw CommandException.Failed($"{path} ({FactsVariable}): {malformed.Message}", malformed);
        }
    }

    /// <summary>The facts with what the cloud itself says of the questions. A file of facts takes the place of the cloud.</summary>
    public static async Task<CloudFacts> AskAsync(
        Invocation run,
        CloudFacts facts,
        CloudQuestions? questions,
        CancellationToken cancellationToken
    ) =>
        questions is null || run.Host.Variable(FactsVariable) is not null
            ? facts
            : await CloudAnswers.AskAsync(run, facts, questions, cancellationToken);

    /// <summary>The channel of that name, at that path or address.</summary>
    public static async Task<Channel> ChannelAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        if (name == "none")
            return Channel.Empty;
        if (ChannelSnapshots.Find(name) is { } known)
            return known;
        if (!name.Contains('/', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal))
            throw CommandException.Usage(
                $"--channel: there is no channel '{name}'; there are {string.Join(", ", ChannelSnapshots.Names)}, or the path of a "
                    + $"channel file"
            );
        var text = await ObjectFile.ReadAsync(run, name, cancellationToken);
        try
        {
            return Api.Yaml.YamlReader.Read(text, name) is [{ Root: Api.Documents.MappingNode document }]
                ? ChannelDocument.Read(document)
                : throw CommandException.Failed($"{name}: is not a channel: expected one YAML document");
        }
        catch (FormatException malformed)
        {
            throw CommandException.Failed($"{name}: {malformed.Message}", malformed);
        }
    }
}
