using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;

namespace Kops.Cli.Commands;

/// <summary><c>kops undo</c>: takes a recorded change back, if nobody changed the same since.</summary>
internal static class UndoCommand
{
    public static CommandSpec Spec { get; } =
        new("undo", "Take a change back")
        {
            Arguments = "CHANGE",
            MinArguments = 1,
            MaxArguments = 1,
            Description =
                "Files that others changed since stay as they are, and nothing is done then unless --partly is given. Private keys and "
                + "secrets\nare not recorded, so they cannot be brought back.",
            Examples = [("See what that would do", "kops undo 20261122T132539"), ("Do it", "kops undo 20261122T132539 --yes")],
            Flags = [DeleteCommand.Yes, Flag.Switch("partly", "Take back what can be, though not all can")],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        await run.NotePendingAsync(cancellationToken);
        var change =
            await run.State.History.FindAsync(run.Arguments[0], null, cancellationToken)
            ?? throw CommandException.NotFound(
                $"no change \"{run.Arguments[0]}\" is recorded in {run.State.Root}; 'kops history' lists them"
            );
        await run.RecoverAsync(change.Record.Cluster, cancellationToken);
        var plan = await run.State.History.PlanUndoAsync(change, $"undo {change.Record.Title}", cancellationToken);
        foreach (var path in plan.Changed)
            run.Error.WriteLine($"Stays: {path} was changed since.");
        foreach (var path in plan.NotKept)
            run.Error.WriteLine($"Stays away: {path} held keys or secrets, which are not recorded.");
        if (!plan.IsWhole && !run.Flags.IsOn("partly"))
            throw CommandException.Conflict("the change cannot be taken back as a whole; --partly takes back the rest of it");
        if (plan.Changes.IsEmpty)
        {
            run.Out.WriteLine("Everything stands as it did before that change: nothing to undo.");
            return ExitCode.Done;
        }

        ChangeText.Write(run, plan.Changes);
        if (!run.Flags.IsOn("yes"))
        {
            run.Out.WriteLine("\nMust specify --yes to undo");
            return ExitCode.Done;
        }

        await run.ApplyAsync(plan.Changes, cancellationToken);
        run.Out.WriteLine($"\nUndone: {change.Record.Title}");
        return ExitCode.Done;
    }
}
