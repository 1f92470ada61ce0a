using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary>Every command, parents before children.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<CommandSpec> All { get; } =
    [
        RootCommand.Spec,
        .. CompletionCommand.Specs,
        HelpCommand.Spec,
        VersionCommand.Spec,
        .. LaterCommands.Specs,
    ];
}
