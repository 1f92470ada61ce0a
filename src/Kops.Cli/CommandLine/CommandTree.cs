using System.CommandLine;
using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>System.CommandLine's commands and options, made from the table of commands.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<Command, CommandSpec> _specs = [];
    private readonly Dictionary<(CommandSpec, Flag), Option> _options = [];
    private readonly Dictionary<string, Command> _commands = new(StringComparer.Ordinal);

    public CommandTree(IReadOnlyList<CommandSpec> table)
    {
        foreach (var spec in table)
        {
            var command = new Command(spec.Path.Length == 0 ? "kops" : spec.Name);
            foreach (var alias in spec.Aliases) command.Aliases.Add(alias);
            if (spec.MaxArguments > 0) command.Arguments.Add(Words);
            foreach (var flag in spec.Flags) command.Options.Add(_options[(spec, flag)] = ToOption(flag, spec.FlagsAreInherited));
            _specs.Add(command, spec);
            _commands.Add(spec.Path, command);
            if (spec.Path.Length > 0) _commands[spec.Parent].Subcommands.Add(command);
        }
    }

    /// <summary>The arguments of every command.</summary>
    public Argument<string[]> Words { get; } = new("arguments") { Arity = ArgumentArity.ZeroOrMore };

    public Command Root => _commands[string.Empty];

    public CommandSpec SpecOf(Command command) => _specs[command];

    /// <summary>The flags that a command takes: its own and those that it inherits.</summary>
    public IEnumerable<(Flag Flag, Option Option)> FlagsOf(CommandSpec spec)
    {
        for (var at = spec; ; at = _specs[_commands[at.Parent]])
        {
            if (at == spec || at.FlagsAreInherited)
            {
                foreach (var flag in at.Flags) yield return (flag, _options[(at, flag)]);
            }

            if (at.Path.Length == 0) yield break;
        }
    }

    private static Option ToOption(Flag flag, bool isInherited)
    {
        var names = flag.Aliases.Select(alias => $"--{alias}").Concat(flag.Short is { } letter ? [$"-{letter}"] : []);
        return flag.Kind == FlagKind.Switch
            ? new Option<bool>($"--{flag.Name}", [.. names]) { Recursive = isInherited }
            : new Option<string[]>($"--{flag.Name}", [.. names]) { Recursive = isInherited };
    }
}
