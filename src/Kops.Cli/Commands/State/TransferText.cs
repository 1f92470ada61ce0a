using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Access.Policies;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary>How a transfer ended, for people and for programs.</summary>
internal static class TransferText
{
    private const int Shown = 20;

    /// <summary>Names what of a history did not go along.</summary>
    public static void TellLeft(Invocation run, ArrivedHistory history)
    {
        foreach (var record in history.Left)
            run.Error.WriteLine($"Note: {record} is no record of a change, or cannot be read; it stays there.");
    }

    /// <summary>Writes the summary; says what went wrong by an exception.</summary>
    /// <exception cref="CommandException">Something could not be copied, or was changed by somebody else meanwhile.</exception>
    public static int Write(Invocation run, TransferResult result, TimeSpan elapsed, bool isDryRun)
    {
        if (run.IsForPrograms())
        {
            run.Out.WriteLine(
                NodeText.ToJson(
                    new MappingNode
                    {
                        ["copied"] = ScalarNode.Of(result.Copied),
                        ["copiedBytes"] = ScalarNode.Of(result.CopiedBytes),
                        ["unchanged"] = ScalarNode.Of(result.Unchanged),
                        ["deleted"] = ScalarNode.Of(result.Deleted),
                        ["conflicts"] = ChangeNodes.Texts(result.Conflicts),
                        ["failures"] = ChangeNodes.Texts(result.Failures.Select(failure => failure.Message)),
                        ["dryRun"] = ScalarNode.Of(isDryRun),
                        ["seconds"] = new ScalarNode(
                            ScalarKind.Float,
                            elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)
                        ),
                    }
                )
            );
        }
        else
        {
            var (copied, deleted) = isDryRun ? ("Would copy", "would delete") : ("Copied", "deleted");
            run.Out.WriteLine(
                $"{copied} {Sizes.Files(result.Copied)} ({Sizes.Text(result.CopiedBytes)}), {deleted} {result.Deleted}; "
                    + $"{Sizes.Files(result.Unchanged)} unchanged."
            );
        }

        if (result.Failures.Count > 0)
        {
            var messages = result.Failures.Select(failure => failure.Message).Distinct(StringComparer.Ordinal).ToList();
            foreach (var message in messages.Skip(1).Take(Shown))
                run.Error.WriteLine($"Error: {message}");
            throw CommandException.Failed(
                messages[0]
                    + (
                        messages[0].Contains("run the command again", StringComparison.Ordinal)
                            ? string.Empty
                            : "; run the command again to go on where it stopped"
                    ),
                result.Failures[0]
            );
        }

        return result.Conflicts.Count == 0
            ? ExitCode.Done
            : throw CommandException.Conflict(
                $"somebody else wrote to the target meanwhile; what they wrote stays:\n  "
                    + $"{string.Join("\n  ", result.Conflicts.Take(Shown))}\nLook at that, and run the command again."
            );
    }
}
