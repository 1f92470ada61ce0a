using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Model.Flags;

namespace Kops.Cli.Output;

/// <summary>The flag <c>-o</c> of commands that make objects: with <c>--dry-run</c>, the form in which they are shown.</summary>
internal static class DryRunOutput
{
    public static Flag Flag { get; } =
        new("output", FlagKind.Text, "With --dry-run: print the objects in this form") { Short = "o", Choices = ["yaml", "json"] };

    /// <summary>The form; YAML when nothing is said.</summary>
    /// <exception cref="CommandException">Another form, or no dry run.</exception>
    public static OutputFormat FormatOf(Invocation run)
    {
        if (run.Flags.Text("output") is { Length: > 0 } && !run.Flags.IsOn("dry-run"))
            throw CommandException.Usage("--output (-o) goes with --dry-run");
        return run.Flags.Text("output") switch
        {
            "yaml" or "" or null => OutputFormat.Yaml,
            "json" => OutputFormat.Json,
            var other => throw CommandException.Usage($"unknown output format '{other}': there are yaml and json"),
        };
    }
}
