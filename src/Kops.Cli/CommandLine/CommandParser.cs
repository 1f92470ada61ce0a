using System.CommandLine;
using System.CommandLine.Parsing;
using Kops.Api.Schema;
using Kops.Cli.Hosting;
using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>Turns the words of a command line into a command, its arguments and its flags.</summary>
/// <param name="table">The commands that can be meant: parents before children.</param>
internal sealed class CommandParser(IReadOnlyList<CommandSpec> table)
{
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    private readonly CommandTree _tree = new(table);
    private readonly GoArguments _goArguments = new(table.SelectMany(spec => spec.Flags));

    /// <summary>Every command, to tell which word was meant; null where the table holds them all.</summary>
    public Func<IReadOnlyList<CommandSpec>>? All { get; init; }

    /// <summary>The user's home, which <c>~</c> stands for in the value of a flag; null when nobody says where it is.</summary>
    public string? Home { get; init; }

    /// <summary>Parses a command line.</summary>
    /// <exception cref="CommandException">An unknown command or flag, or a value that is missing.</exception>
    public ParsedCommand Parse(IReadOnlyList<string> arguments) => Parse(arguments, isComplete: true);

    /// <summary>Parses what stands before the word that is being completed: whatever is missing or wrong is passed over.</summary>
    public ParsedCommand ParseBeginning(IReadOnlyList<string> arguments) => Parse(arguments, isComplete: false);

    /// <summary>The flags of a command, its own first.</summary>
    public IEnumerable<Flag> FlagsOf(CommandSpec spec) => _tree.FlagsOf(spec).Select(pair => pair.Flag);

    private ParsedCommand Parse(IReadOnlyList<string> arguments, bool isComplete)
    {
        var (words, verbatim) = _goArguments.Rewrite(arguments);
        var result = _tree.Root.Parse(words, Configuration);
        var spec = _tree.SpecOf(result.CommandResult.Command);
        var known = _tree.FlagsOf(spec).ToList();
        var flags = new FlagSet(Given(result, known, isComplete), known.Select(pair => pair.Flag))
        {
            OldNames = [.. OldNames(result, known)],
        };
        var positional = result.GetResult(_tree.Words)?.Tokens.Select(token => token.Value) ?? result.UnmatchedTokens;
        var parsed = new ParsedCommand(spec, [.. positional, .. verbatim], flags);
        if (isComplete && spec.Instead is null && !flags.Get(GlobalFlags.Help))
            Check(parsed, result, [.. known.Select(pair => pair.Flag)], verbatim.Count);
        return parsed;
    }

    private Dictionary<string, (Flag, IReadOnlyList<string>)> Given(
        ParseResult result,
        IEnumerable<(Flag Flag, Option Option)> known,
        bool isComplete
    )
    {
        var given = new Dictionary<string, (Flag, IReadOnlyList<string>)>(StringComparer.Ordinal);
        foreach (var (flag, option) in known)
        {
            if (result.GetResult(option) is not { Implicit: false } found)
                continue;
            IReadOnlyList<string> values = [.. found.Tokens.Select(token => isComplete ? Expanded(flag, token.Value) : token.Value)];
            given.Add(flag.Name, (flag, values.Count == 0 ? [flag.ValueWhenBare ?? string.Empty] : values));
        }

        return given;
    }

    // A shell leaves the tilde of --flag=~/file to the program.
    private string Expanded(Flag flag, string value)
    {
        if (flag.Values is not ValueSource.File)
            return HomePath.Expand(value, Home);
        if (value is ['~', not '/', ..])
            throw CommandException.Usage($"--{flag.Name}: '{value}': write the directory out; of '~', only your own is known, as '~/'");
        return flag.Kind is FlagKind.List
            ? string.Join(',', value.Split(',').Select(item => HomePath.Expand(item, Home)))
            : HomePath.Expand(value, Home);
    }

    private static IEnumerable<(string, Flag)> OldNames(ParseResult result, IEnumerable<(Flag Flag, Option Option)> known) =>
        from pair in known
        let name = result.GetResult(pair.Option)?.IdentifierToken?.Value.TrimStart('-')
        where name is not null && pair.Flag.Aliases.Contains(name)
        select (name, pair.Flag);

    private void Check(ParsedCommand parsed, ParseResult result, IReadOnlyList<Flag> known, int verbatim)
    {
        var (spec, words) = (parsed.Spec, parsed.Arguments);
        var command = $"kops {spec.Path}".TrimEnd();
        foreach (var word in words.SkipLast(verbatim))
        {
            if (word is ['-', _, ..])
                throw UnknownFlag(command, word, known);
        }

        if (words is [var first, ..])
            CheckWord(spec, command, first);
        if (result.Errors.FirstOrDefault(error => error.SymbolResult is OptionResult) is { SymbolResult: OptionResult option })
            throw CommandException.Usage(
                $"flag needs a value: {option.IdentifierToken?.Value ?? option.Option.Name} (see {command} --help)"
            );
        if (spec.Run is null)
            return;
        if (words.Count < spec.MinArguments)
            throw CommandException.Usage(
                $"{command} needs {string.Join(' ', spec.Arguments.Split(' ').Where(word => !word.StartsWith('[')))} (see {command} --help)"
            );
        if (words.Count > spec.MaxArguments)
        {
            throw CommandException.Usage(
                $"{command} takes {(spec.MaxArguments == 1 ? "one argument" : $"at most {spec.MaxArguments} arguments")}, but there are "
                    + $"{words.Count}: "
                    + $"{string.Join(", ", words.Select(word => $"'{word}'"))}. A switch takes its value with '=': --flag=true"
            );
        }
    }

    /// <summary>Whether a first word may be an argument: it is no mistyped command.</summary>
    private void CheckWord(CommandSpec spec, string command, string word)
    {
        var known = spec.MaxArguments == 0 && All is not null ? All() : table;
        var children = known.Where(child => child.Parent == spec.Path && child.Path.Length > 0).ToList();
        var hint = Suggest.Hint(word, children.SelectMany(child => child.Aliases.Prepend(child.Name)));
        if (spec.MaxArguments == 0 && children.Count == 0)
            throw CommandException.Usage($"{command} takes no arguments, but '{word}' was given (see {command} --help)");
        // The name of a cluster is a domain, so that a word without a dot that is nearly a command is that command.
        if (
            spec.MaxArguments == 0
            || (spec.Values is ValueSource.Cluster && hint.Length > 0 && !word.Contains('.', StringComparison.Ordinal))
        )
            throw CommandException.Usage($"unknown command '{word}' for '{command}'{hint} (see {command} --help)");
    }

    private static CommandException UnknownFlag(string command, string word, IEnumerable<Flag> known)
    {
        var name = word.Split('=', 2)[0];
        return name.StartsWith("--", StringComparison.Ordinal)
            ? CommandException.Usage(
                $"unknown flag: {name}{Suggest.Hint(name, known.Where(flag => !flag.IsHidden).Select(flag => $"--{flag.Name}"))} (see "
                    + $"{command} --help)"
            )
            : CommandException.Usage($"unknown shorthand flag: {name} (see {command} --help)");
    }
}
