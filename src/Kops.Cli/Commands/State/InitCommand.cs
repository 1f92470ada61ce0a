using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Buckets;
using Kops.Vfs.Setup;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state init</c>.</summary>
internal static class InitCommand
{
    private static readonly Flag<string?> Region = Flag.Text("region", "Where a new bucket is made, in the words of its service");
    private static readonly Flag<string?> Project = Flag.Text("project", "The project of a new bucket, for gs://");

    private static readonly Flag<int?> KeepVersions = Flag.Text<int?>(
        "keep-versions",
        $"Days for which old versions are kept; by default {BucketWishes.UsualVersionDays}, or what the bucket has already",
        text =>
            text is null ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days
            : throw CommandException.Usage($"--keep-versions: '{text}' is not a number of days")
    );

    private static readonly Flag<IReadOnlyList<string>> Without = Flag.List(
        "without",
        "Leave a setting as it is, such as 'public access'; may be repeated"
    );

    public static CommandSpec Spec { get; } =
        new("state init", "Make a bucket for state, or harden the one that is there")
        {
            Arguments = "[STORE]",
            MaxArguments = 1,
            Description =
                "Old versions are kept, files encrypted, public access blocked, TLS required, and old versions removed in time, as far "
                + "as the service knows these.\nWhat is there stays: policies and rules are added to. Nothing is changed without "
                + "--yes, and a second run changes nothing. docs/harden.md tells all.",
            Examples =
            [
                ("See what would be done", "kops state init s3://my-state"),
                ("Do it, in a region", "kops state init s3://my-state --region eu-central-1 --yes"),
                ("All but one thing", "kops state init s3://my-state --without 'public access' --yes"),
                ("Keep old versions for a year", "kops state init gs://my-state --keep-versions 365 --yes"),
            ],
            Flags = [Region, Project, KeepVersions, Without, PlanFlags.DryRun, PlanFlags.Yes, OutputFlag.TableOrJson],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var setup = StoreSetup.Of(
            run.Place(),
            new BucketWishes
            {
                VersionDays = run.Get(KeepVersions),
                Region = run.Get(Region),
                Project = run.Get(Project),
            },
            run.Get(Without)
        );
        var (isPlan, asJson) = (!run.IsAgreed(), run.IsForPrograms());
        var steps = new List<SetupStep>();
        await foreach (var step in setup.RunAsync(!isPlan, cancellationToken))
        {
            steps.Add(step);
            if (asJson)
            {
                run.Out.WriteLine(NodeText.ToJson(ToNode(step)));
                continue;
            }

            run.Out.WriteLine(
                $"{Word(step.Outcome), -9} {step.Name, -14} "
                    + $"{step.Wanted}{(IsLong(step) || step.Detail is null ? string.Empty : $" ({step.Detail})")}"
            );
            if (IsLong(step))
                run.Out.WriteLine($"          {step.Detail}");
        }

        var open = steps.Count(step => step.Outcome is SetupOutcome.WouldSet);
        if (!asJson && isPlan)
            run.Out.WriteLine(open > 0 ? "Must specify --yes to set this; nothing was changed." : "There is nothing to set.");
        return steps.Exists(step => step.Outcome is SetupOutcome.Failed) ? ExitCode.Failed : ExitCode.Done;
    }

    private static bool IsLong(SetupStep step) => step.Outcome is SetupOutcome.Failed or SetupOutcome.Skipped && step.Detail is not null;

    private static string Word(SetupOutcome outcome) =>
        outcome switch
        {
            SetupOutcome.Has => "has",
            SetupOutcome.WouldSet => "would set",
            SetupOutcome.Set => "set",
            SetupOutcome.Skipped => "skipped",
            _ => "FAILED",
        };

    private static MappingNode ToNode(SetupStep step)
    {
        var node = new MappingNode
        {
            ["setting"] = ScalarNode.Of(step.Name),
            ["wanted"] = ScalarNode.Of(step.Wanted),
            ["outcome"] = ScalarNode.Of(
                step.Outcome switch
                {
                    SetupOutcome.WouldSet => "wouldSet",
                    SetupOutcome.Failed => "failed",
                    var other => Word(other),
                }
            ),
        };
        if (step.Detail is { } detail)
            node["detail"] = ScalarNode.Of(detail);
        return node;
    }
}
