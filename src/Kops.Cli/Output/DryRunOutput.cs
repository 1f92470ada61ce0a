using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Output;

/// <summary>The flags of commands that make objects: <c>--dry-run</c>, and with <c>-o</c> the form in which they are shown.</summary>
internal static class DryRunOutput
{
    public static Flag<bool> DryRun { get; } = CommandLine.Flag.Switch("dry-run", "Show what would be stored, and store nothing");

    public static Flag<OutputFormat> Flag { get; } =
        CommandLine.Flag.Text(
            "output",
            "With --dry-run: print the objects in this form",
            text =>
                text switch
                {
                    "yaml" or "" or null => OutputFormat.Yaml,
                    "json" => OutputFormat.Json,
                    var other => throw CommandException.Usage($"unknown output format '{other}': there are yaml and json"),
                }
        ) with
        {
            Short = "o",
            Choices = ["yaml", "json"],
        };

    /// <summary>The form; YAML when nothing is said.</summary>
    /// <exception cref="CommandException">Another form, or no dry run.</exception>
    public static OutputFormat FormatOf(Invocation run)
    {
        if (IsAsked(run) && !run.Get(DryRun))
            throw CommandException.Usage("--output (-o) goes with --dry-run");
        return run.Get(Flag);
    }

    /// <summary>Whether a form was asked for.</summary>
    public static bool IsAsked(Invocation run) => run.Flags.Raw(Flag) is [.., { Length: > 0 }];
}
