using System.CommandLine;
using Kops.Api.Documents;
using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>System.CommandLine's commands and options, made from a table of commands.</summary>
internal sealed class CommandTree
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<Command, Node> _nodesOfCommands = [];

    public CommandTree(IReadOnlyList<CommandSpec> table)
    {
        foreach (var spec in table)
        {
            var command = new Command(spec.Path.Length == 0 ? "kops" : spec.Name);
            foreach (var alias in spec.Aliases)
                command.Aliases.Add(alias);
            if (spec.MaxArguments > 0)
                command.Arguments.Add(Words);
            var node = new Node(spec, command, [.. spec.Flags.Select(flag => (flag, ToOption(flag, spec.FlagsAreInherited)))]);
            foreach (var (_, option) in node.Flags)
                command.Options.Add(option);
            _nodesOfCommands.Add(command, node);
            _nodes.Add(spec.Path, node);
            if (spec.Path.Length > 0)
                _nodes[spec.Parent].Command.Subcommands.Add(command);
        }
    }

    /// <summary>The arguments of every command.</summary>
    public Argument<string[]> Words { get; } = new("arguments") { Arity = ArgumentArity.ZeroOrMore };

    public Command Root => _nodes[string.Empty].Command;

    public CommandSpec SpecOf(Command command) => _nodesOfCommands[command].Spec;

    /// <summary>The flags that a command takes: its own and those that it inherits.</summary>
    public IEnumerable<(Flag Flag, Option Option)> FlagsOf(CommandSpec spec)
    {
        for (var node = _nodes[spec.Path]; ; node = _nodes[node.Spec.Parent])
        {
            if (node.Spec == spec || node.Spec.FlagsAreInherited)
            {
                foreach (var flag in node.Flags)
                    yield return flag;
            }

            if (node.Spec.Path.Length == 0)
                yield break;
        }
    }

    private static Option ToOption(Flag flag, bool isInherited)
    {
        var names = flag.Aliases.Select(alias => $"--{alias}").Concat(flag.Short is { } letter ? [$"-{letter}"] : []);
        return flag.Kind == FlagKind.Switch
            ? new Option<bool>($"--{flag.Name}", [.. names]) { Recursive = isInherited }
            : new Option<string[]>($"--{flag.Name}", [.. names]) { Recursive = isInherited };
    }

    private sealed record Node(CommandSpec Spec, Command Command, IReadOnlyList<(Flag Flag, Option Option)> Flags);
}
