using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Operations.Buckets;
using Kops.Vfs;
using Kops.Vfs.Setup;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state init</c>.</summary>
internal static class InitCommand
{
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
            Flags =
            [
                Flag.Text("region", "Where a new bucket is made, in the words of its service"),
                Flag.Text("project", "The project of a new bucket, for gs://"),
                Flag.Text(
                    "keep-versions",
                    $"Days for which old versions are kept; by default {BucketWishes.UsualVersionDays}, or what the bucket has already"
                ),
                Flag.List("without", "Leave a setting as it is, such as 'public access'; may be repeated"),
                Flag.Switch("dry-run", "Show what would be done, whatever else is given"),
                DeleteCommand.Yes,
                ListCommand.Output,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var place = run.Place(run.Arguments.Count > 0 ? run.Arguments[0] : null);
        if (place.Store.Driver.As<IBucketAdmin>() is not { } admin)
            throw CommandException.Usage($"{place}: there is nothing to set up in such a store");
        var days =
            run.Flags.Text("keep-versions") is not { } text ? (int?)null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : throw CommandException.Usage($"--keep-versions: '{text}' is no number of days");
        var wishes = new BucketWishes
        {
            Prefix = ObjectKey.AsPrefix(place.Key),
            VersionDays = days,
            Region = run.Flags.Text("region"),
            Project = run.Flags.Text("project"),
        };
        var without = run.Flags.List("without");
        var setup = new StoreSetup(admin, wishes, without);
        if (without.FirstOrDefault(name => !setup.Names.Skip(1).Contains(name)) is { } unknown)
            throw CommandException.Usage(
                $"--without: there is no '{unknown}' at {place}; there is {string.Join(", ", setup.Names.Skip(1))}"
            );

        var isPlan = !run.Flags.IsOn("yes") || run.Flags.IsOn("dry-run");
        var asJson = run.OutputFormat() is OutputFormat.Json;
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
