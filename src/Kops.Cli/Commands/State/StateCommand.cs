using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state</c>: the files themselves, in whatever stores they lie.</summary>
internal static class StateCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("state", "Look at, copy, compare and move the files of the state, in and between stores")
        {
            Description =
                "A place is an address such as s3://bucket/demo.example.com, gs://bucket or /srv/state; without a scheme or a leading "
                + "slash, it is\na place below the state store.",
        },
        ListCommand.Spec,
        CatCommand.Spec,
        SizeCommand.Spec,
        HashCommand.Spec,
        CopyCommand.Copy,
        CopyCommand.Sync,
        VerifyCommand.Spec,
        MoveCommand.Spec,
        PullCommand.Spec,
        PushCommand.Spec,
        ExportCommand.Spec,
        ImportCommand.Spec,
        InitCommand.Spec,
        PolicyCommand.Spec,
        CheckCommand.Spec,
    ];
}
