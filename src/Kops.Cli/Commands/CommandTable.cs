using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary>Every command, parents before children.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<CommandSpec> All { get; } =
    [
        RootCommand.Spec,
        .. CompletionCommand.Specs,
        .. CreateCommand.Specs,
        .. DeleteCommand.Specs,
        .. EditCommand.Specs,
        .. GetCommand.Specs,
        HelpCommand.Spec,
        .. HistoryCommand.Specs,
        ReplaceCommand.Spec,
        UndoCommand.Spec,
        .. UpdateCommand.Specs,
        VersionCommand.Spec,
        .. LaterCommands.Specs,
    ];
}
