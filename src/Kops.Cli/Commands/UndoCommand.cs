using Kops.Cli.CommandLine;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.History;
using Kops.StateStore.Changes;

namespace Kops.Cli.Commands;

/// <summary><c>kops undo</c>: takes a recorded change back, if nobody changed the same since.</summary>
internal static class UndoCommand
{
    private static readonly Flag<bool> Partly = Flag.Switch("partly", "Take back what can be, though not all can");

    private static readonly PlannedCommand<Undo> Planned = new()
    {
        Plan = PlanAsync,
        Show = static (run, undo) => ChangeText.Write(run, undo.Changes),
        Report = static (run, undo) => ChangeNodes.Of(run, undo.Changes),
        Ask = "\nMust specify --yes to undo",
        Apply = static async (run, undo, cancellationToken) =>
        {
            await run.Session.ApplyAsync(undo.Changes, cancellationToken);
            run.Say($"\nUndone: {undo.Title}");
        },
    };

    public static CommandSpec Spec { get; } =
        new("undo", "Take a change back")
        {
            Arguments = "CHANGE",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.Change,
            Description =
                "Files that others changed since stay as they are, and nothing is done then unless --partly is given. Private keys and "
                + "secrets\nare not recorded, so they cannot be brought back.",
            Examples = [("See what that would do", "kops undo 000042"), ("Do it", "kops undo 000042 --yes")],
            Flags = [PlanFlags.Yes, Partly, PlanFlags.Unregister, OutputFlag.TableOrJson],
            Run = Planned.RunAsync,
        };

    private static async Task<Undo?> PlanAsync(Invocation run, CancellationToken cancellationToken)
    {
        var change = await RecordedChanges.GetAsync(run.Session, run.Arguments[0], cancellationToken);
        var changes = await UndoChange.PlanAsync(run.Session, change, run.Get(Partly), run.Get(PlanFlags.Unregister), cancellationToken);
        if (!changes.IsEmpty)
            return new Undo(change.Record.Title, changes);
        run.Say("Everything stands as it did before that change: nothing to undo.");
        return null;
    }

    private sealed record Undo(string Title, ChangeSet Changes);
}
