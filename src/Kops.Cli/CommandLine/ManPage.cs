using System.Globalization;
using Kops.Model.Flags;

namespace Kops.Cli.CommandLine;

/// <summary>The manual page of a command (section 1), made from the table of commands.</summary>
internal static class ManPage
{
    /// <summary>The page's name without its section: <c>kops-get-clusters</c>.</summary>
    public static string NameOf(CommandSpec spec) => $"kops {spec.Path}".TrimEnd().Replace(' ', '-');

    /// <summary>Writes a page.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="spec">The command.</param>
    /// <param name="table">Every command.</param>
    /// <param name="flags">The command's flags, its own first.</param>
    /// <param name="version">The program's version.</param>
    public static void Write(
        TextWriter output,
        CommandSpec spec,
        IReadOnlyList<CommandSpec> table,
        IReadOnlyList<Flag> flags,
        string version
    )
    {
        var name = NameOf(spec);
        output.Write($".TH {name.ToUpper(CultureInfo.InvariantCulture)} 1 \"\" \"kops {version}\" \"kops\"\n");
        output.Write($".SH NAME\n{Text(name)} \\- {Text(spec.Help)}\n");
        output.Write($".SH SYNOPSIS\n.B {Text($"kops {spec.Path}".TrimEnd())}\n");
        var children = table.Where(child => child.Path.Length > 0 && child.Parent == spec.Path && !child.IsHidden).ToList();
        output.Write(children.Count > 0 ? "COMMAND\n" : $"{Text($"{spec.Arguments} [flags]".TrimStart())}\n");
        if (spec.Description.Length > 0)
            output.Write($".SH DESCRIPTION\n{Text(spec.Description).Replace("\n\n", "\n.PP\n", StringComparison.Ordinal)}\n");
        if (children.Count > 0)
        {
            output.Write(".SH COMMANDS\n");
            foreach (var child in children)
                output.Write($".TP\n.BR {Text(NameOf(child))} (1)\n{Text(child.Help)}\n");
        }

        WriteFlags(output, "OPTIONS", spec.Flags);
        WriteFlags(output, "OPTIONS OF EVERY COMMAND", flags.Except(spec.Flags));
        if (spec.Examples.Count > 0)
        {
            output.Write(".SH EXAMPLES\n");
            foreach (var (what, line) in spec.Examples)
                output.Write($"{(what.Length > 0 ? $".PP\n{Text(what)}:\n" : string.Empty)}.PP\n.nf\n.RS\n{Text(line)}\n.RE\n.fi\n");
        }

        if (spec.Path.Length > 0)
            output.Write($".SH SEE ALSO\n.BR {Text(spec.Parent.Length > 0 ? $"kops {spec.Parent}".Replace(' ', '-') : "kops")} (1)\n");
    }

    private static void WriteFlags(TextWriter output, string title, IEnumerable<Flag> flags)
    {
        Flag[] shown = [.. flags.Where(flag => !flag.IsHidden)];
        if (shown.Length == 0)
            return;
        output.Write($".SH {title}\n");
        foreach (var flag in shown)
        {
            var letter = flag.Short is { } shorter ? $"-{shorter}, " : string.Empty;
            var value =
                flag.Kind == FlagKind.Switch ? string.Empty
                : flag.Kind == FlagKind.Integer ? " N"
                : " VALUE";
            var standard = flag.Default is { } text && text != "false" ? $" (default {text})" : string.Empty;
            var choices = flag.Choices.Count > 0 ? $" [{string.Join('|', flag.Choices)}]" : string.Empty;
            output.Write($".TP\n.B {Text($"{letter}--{flag.Name}{value}")}\n{Text(flag.Help + choices + standard)}\n");
        }
    }

    /// <summary>A text as roff prints it as it stands: dashes that can be searched for, no escapes, no request at a beginning.</summary>
    private static string Text(string text) =>
        string.Join(
            '\n',
            text.Replace("\\", "\\e", StringComparison.Ordinal)
                .Replace("-", "\\-", StringComparison.Ordinal)
                .Split('\n')
                .Select(line => line is ['.' or '\'', ..] ? "\\&" + line : line)
        );
}
