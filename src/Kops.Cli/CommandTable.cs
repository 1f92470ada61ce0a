using Kops.Cli.CommandLine;
using Kops.Cli.Commands;
using Kops.Cli.Commands.State;
using Kops.Cli.Commands.Toolbox;

namespace Kops.Cli;

/// <summary>
/// Every command, by the first words of their paths. A command is made, with its flags, when a run needs it: most runs need few.
/// </summary>
internal static class CommandTable
{
    private static readonly (string[] Words, Func<IReadOnlyList<CommandSpec>> Commands)[] Families =
    [
        (["addons"], static () => [AddonsCommand.Spec]),
        (["completion"], static () => CompletionCommand.Specs),
        (["create"], static () => CreateCommand.Specs),
        (["delete"], static () => DeleteCommand.Specs),
        (["edit"], static () => EditCommand.Specs),
        (["export"], static () => ExportKubeconfigCommand.Specs),
        (["get"], static () => GetCommand.Specs),
        (["help"], static () => [HelpCommand.Spec]),
        (["history"], static () => HistoryCommand.Specs),
        (["man"], static () => [ManCommand.Spec]),
        (["distrust", "promote", "trust"], static () => KeypairCommands.Specs),
        (["replace"], static () => [ReplaceCommand.Spec]),
        (["state"], static () => StateCommand.Specs),
        (["toolbox"], static () => ToolboxCommand.Specs),
        (["undo"], static () => [UndoCommand.Spec]),
        (["update"], static () => UpdateCommand.Specs),
        (["upgrade"], static () => UpgradeClusterCommand.Specs),
        (["version"], static () => [VersionCommand.Spec]),
        (LaterCommands.Words, static () => LaterCommands.Specs),
    ];

    /// <summary>All of them, parents before children.</summary>
    public static IReadOnlyList<CommandSpec> All => [RootCommand.Spec, .. Families.SelectMany(family => family.Commands())];

    /// <summary>Those that a command line can mean: without its first word, no command is meant. All of them when none is named.</summary>
    public static IReadOnlyList<CommandSpec> NamedIn(IReadOnlyList<string> arguments)
    {
        var named = Array.FindAll(Families, family => arguments.Any(family.Words.Contains));
        return named.Length == 0 ? All : [RootCommand.Spec, .. named.SelectMany(family => family.Commands())];
    }
}
