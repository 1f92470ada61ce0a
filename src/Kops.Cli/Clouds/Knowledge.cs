using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Settings;
using Kops.Model.Clouds;
using Kops.Operations;

namespace Kops.Cli.Clouds;

/// <summary>What is known of clouds and versions: from the snapshots inside and the cloud, or from what the user names instead.</summary>
internal static class Knowledge
{
    private const string FactsVariable = "KOPS_CLOUD_FACTS";

    /// <summary>The facts of the file that <c>KOPS_CLOUD_FACTS</c> names, which takes the place of the cloud; else the snapshot.</summary>
    public static CloudKnowledge Of(Invocation run)
    {
        var knowledge = new CloudKnowledge { ReadFile = (name, cancellationToken) => UserFile.ReadAsync(run, name, cancellationToken) };
        return run.Host.Variable(FactsVariable) is { } path
            ? knowledge with
            {
                Facts = () => ReadFacts(HomePath.Expand(path, run.Host.Home)),
            }
            : knowledge with
            {
                Ask = (facts, questions, cancellationToken) => CloudAnswers.AskAsync(run, facts, questions, cancellationToken),
            };
    }

    private static CloudFacts ReadFacts(string path)
    {
        try
        {
            return CloudFactsDocument.Read(YamlFile.Read(path));
        }
        catch (FormatException malformed)
        {
            throw CommandException.Failed($"{path} ({FactsVariable}): {malformed.Message}", malformed);
        }
    }
}
