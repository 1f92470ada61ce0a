using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>What <c>--help</c> prints, made from the table of commands.</summary>
internal static class HelpText
{
    public static void Write(TextWriter output, CommandSpec spec, IReadOnlyList<CommandSpec> table, IReadOnlyList<Flag> flags)
    {
        output.WriteLine($"{spec.Help}.");
        if (spec.Description.Length > 0)
            output.WriteLine($"\n{spec.Description}");
        if (spec.Instead is { } instead)
            output.WriteLine($"\nNot here yet: {instead}.");
        var children = table.Where(child => child.Path.Length > 0 && child.Parent == spec.Path && !child.IsHidden).ToList();
        output.WriteLine("\nUsage:");
        var command = $"kops {spec.Path}".TrimEnd();
        if (spec.Run is not null || spec.Instead is not null)
            output.WriteLine($"  {command} {$"{spec.Arguments} ".TrimStart()}[flags]");
        if (children.Count > 0)
            output.WriteLine($"  {command} COMMAND");
        if (spec.Aliases.Count > 0)
            output.WriteLine($"\nAliases:\n  {string.Join(", ", spec.Aliases.Prepend(spec.Name))}");
        if (spec.Examples.Count > 0)
        {
            output.WriteLine("\nExamples:");
            foreach (var (index, (what, line)) in spec.Examples.Index())
                output.WriteLine(what.Length == 0 ? $"  {line}" : $"{(index > 0 ? "\n" : string.Empty)}  # {what}\n  {line}");
        }

        WriteTable(output, "Commands", children.Where(child => child.Instead is null).Select(child => (child.Name, child.Help)));
        WriteTable(output, "Not here yet", children.Where(child => child.Instead is not null).Select(child => (child.Name, child.Help)));
        var own = spec.Path.Length == 0 ? [] : spec.Flags;
        WriteTable(output, "Flags", own.Where(flag => !flag.IsHidden).OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(Row));
        WriteTable(
            output,
            spec.Path.Length == 0 ? "Flags" : "Flags of every command",
            flags.Except(own).Where(flag => !flag.IsHidden).Select(Row)
        );
        if (spec.Path.Length == 0)
        {
            output.WriteLine(
                "\nExit codes:\n  0 done, 1 failed, 2 wrong usage, 3 conflict: somebody else changed it, 4 not found,\n  5 changes are "
                    + "pending (update cluster --exit-code), 6 the two differ (state verify), 130 stopped by Ctrl-C"
            );
        }

        if (children.Count > 0)
            output.WriteLine($"\n{command} COMMAND --help tells more about a command.");
    }

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

    private static void WriteTable(TextWriter output, string title, IEnumerable<(string Name, string Help)> rows)
    {
        (string Name, string Help)[] all = [.. rows];
        if (all.Length == 0)
            return;
        var width = Math.Min(34, all.Max(row => row.Name.Length));
        output.WriteLine($"\n{title}:");
        foreach (var (name, help) in all)
            output.WriteLine(name.Length > width ? $"  {name}\n  {new string(' ', width)}  {help}" : $"  {name.PadRight(width)}  {help}");
    }
}
