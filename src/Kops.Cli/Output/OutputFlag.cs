using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Model.Flags;

namespace Kops.Cli.Output;

/// <summary>The flag <c>-o</c>.</summary>
internal static class OutputFlag
{
    public static Flag Flag { get; } =
        new("output", FlagKind.Text, "Form of the output")
        {
            Short = "o",
            Default = "table",
            Choices = ["table", "yaml", "json"],
        };

    public static OutputFormat OutputFormat(this Invocation run) =>
        run.Flags.Text("output") switch
        {
            "table" or "" or null => Output.OutputFormat.Table,
            "yaml" => Output.OutputFormat.Yaml,
            "json" => Output.OutputFormat.Json,
            var other => throw CommandException.Usage($"unknown output format '{other}': there are table, yaml and json"),
        };
}
