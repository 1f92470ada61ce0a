using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>What <c>--help</c> prints, made from the table of commands.</summary>
/// <param name="output">Where to.</param>
/// <param name="width">How many characters a line holds.</param>
internal sealed class HelpText(TextWriter output, int width)
{
    /// <summary>The word that asks for everything: <c>--help all</c>.</summary>
    public const string Everything = "all";

    /// <summary>With more flags than a screen has lines, help begins with those that most people meet.</summary>
    private const int ManyFlags = 20;

    private const int MostNames = 28;

    /// <summary>Writes the help of a command.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="table">Every command.</param>
    /// <param name="flags">The command's flags, its own first.</param>
    /// <param name="isWhole">Whether rare flags, and the commands below those below it, are shown too.</param>
    public void Write(CommandSpec spec, IReadOnlyList<CommandSpec> table, IReadOnlyList<Flag> flags, bool isWhole)
    {
        WriteText($"{spec.Help}.");
        if (spec.Description.Length > 0)
            WriteText($"\n\n{spec.Description}");
        if (spec.Instead is { } instead)
            WriteText($"\n\nNot here yet: {instead}.");
        var command = $"kops {spec.Path}".TrimEnd();
        CommandSpec[] below =
        [
            .. table.Where(child =>
                child.Path.Length > 0 && !child.IsHidden && (child.Parent == spec.Path || (isWhole && IsBelow(child, spec)))
            ),
        ];
        output.WriteLine("\nUsage:");
        if (spec.Run is not null || spec.Instead is not null)
            output.WriteLine($"  {command} {$"{spec.Arguments} ".TrimStart()}[flags]");
        if (below.Length > 0)
            output.WriteLine($"  {command} COMMAND");
        if (spec.Aliases.Count > 0)
            WriteText($"\n\nAliases: {string.Join(", ", spec.Aliases.Prepend(spec.Name))}");
        WriteExamples(spec);
        WriteTable("Commands", below.Where(child => child.Instead is null).Select(child => (Below(child, spec), child.Help)));
        WriteTable("Not here yet", below.Where(child => child.Instead is not null).Select(child => (Below(child, spec), child.Help)));
        Flag[] own =
            spec.Path.Length == 0 ? [] : [.. spec.Flags.Where(flag => !flag.IsHidden).OrderBy(flag => flag.Name, StringComparer.Ordinal)];
        WriteFlags(command, own, isWhole);
        WriteTable(
            spec.Path.Length == 0 ? "Flags" : "Flags of every command",
            flags.Except(spec.Path.Length == 0 ? [] : spec.Flags).Where(flag => !flag.IsHidden).Select(Row)
        );
        if (spec.Path.Length == 0)
        {
            WriteTable(
                "Exit codes",
                [
                    ("0", "done"),
                    ("1", "failed"),
                    ("2", "wrong usage"),
                    ("3", "conflict: somebody else changed it"),
                    ("4", "not found"),
                    ("5", "changes are pending (update cluster --exit-code)"),
                    ("6", "the two differ (state verify)"),
                    ("130", "stopped by Ctrl-C"),
                ]
            );
        }

        if (below.Length > 0)
        {
            var more = isWhole ? string.Empty : $", '{command} --help {Everything}' names them all";
            WriteText($"\n\n'{command} COMMAND --help' tells more about a command{more}.");
        }
    }

    private static bool IsBelow(CommandSpec child, CommandSpec spec) =>
        spec.Path.Length == 0 || child.Path.StartsWith($"{spec.Path} ", StringComparison.Ordinal);

    private static string Below(CommandSpec child, CommandSpec spec) => child.Path[(spec.Path.Length == 0 ? 0 : spec.Path.Length + 1)..];

    private static (string, string) Row(Flag flag)
    {
        var name = (flag.Short is { } letter ? $"-{letter}, " : "    ") + $"--{flag.Name}{Value(flag)}";
        var choices = flag.Choices.Count > 0 ? $" [{string.Join('|', flag.Choices)}]" : string.Empty;
        var standard = flag.Default is { } text && text != "false" ? $" (default {text})" : string.Empty;
        return (name, flag.Help + choices + standard);
    }

    private static string Value(Flag flag) =>
        flag switch
        {
            { Kind: FlagKind.Switch } => string.Empty,
            { Bare: { } bare } => $"[={bare}]",
            { Values: ValueSource.File } => " FILE",
            { Kind: FlagKind.Integer } => " N",
            { Kind: FlagKind.List } => " LIST",
            _ => " TEXT",
        };

    private void WriteFlags(string command, Flag[] flags, bool isWhole)
    {
        if (flags.Length <= ManyFlags)
        {
            WriteTable("Flags", flags.Select(Row));
            return;
        }

        var rare = flags.Where(flag => flag is { Subject: not null, IsCommon: false }).GroupBy(flag => flag.Subject).ToList();
        WriteTable("Flags", flags.Except(rare.SelectMany(subject => subject)).Select(Row));
        if (!isWhole)
        {
            var subjects = rare.Select(subject => $"{subject.Key} ({subject.Count()})");
            WriteText($"\n\nMore flags, about: {string.Join(", ", subjects)}. '{command} --help {Everything}' shows them.");
            return;
        }

        foreach (var subject in rare)
            WriteTable(subject.Key!, subject.Select(Row));
    }

    private void WriteExamples(CommandSpec spec)
    {
        if (spec.Examples.Count == 0)
            return;
        output.WriteLine("\nExamples:");
        foreach (var (index, (what, line)) in spec.Examples.Index())
        {
            if (what.Length > 0)
                WriteIndented($"{(index > 0 ? "\n" : string.Empty)}  ", "# ", Wrapping.Lines(what, width - 4));
            WriteIndented("  ", string.Empty, Wrapping.Command(line, width - 2));
        }
    }

    private void WriteIndented(string first, string mark, IEnumerable<string> lines)
    {
        foreach (var (index, line) in lines.Index())
            output.WriteLine($"{(index == 0 ? first : "  ")}{mark}{line}");
    }

    private void WriteText(string text)
    {
        foreach (var line in Wrapping.Lines(text, width))
            output.WriteLine(line);
    }

    private void WriteTable(string title, IEnumerable<(string Name, string Help)> rows)
    {
        (string Name, string Help)[] all = [.. rows];
        if (all.Length == 0)
            return;
        var names = Math.Min(MostNames, all.Max(row => row.Name.Length));
        output.WriteLine($"\n{title}:");
        foreach (var (name, help) in all)
        {
            var isLong = name.Length > names;
            if (isLong)
                output.WriteLine($"  {name}");
            foreach (var (index, line) in Wrapping.Lines(help, width - names - 4).Index())
                output.WriteLine($"  {(index > 0 || isLong ? string.Empty : name).PadRight(names)}  {line}");
        }
    }
}
