using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;

namespace Kops.Cli.Output;

/// <summary>The flag <c>-o</c>.</summary>
internal static class OutputFlag
{
    public static Flag<OutputFormat> Flag { get; } =
        CommandLine.Flag.Text(
            "output",
            "Form of the output",
            text =>
                text switch
                {
                    "table" or "" or null => Output.OutputFormat.Table,
                    "yaml" => Output.OutputFormat.Yaml,
                    "json" => Output.OutputFormat.Json,
                    var other => throw CommandException.Usage($"unknown output format '{other}': there are table, yaml and json"),
                }
        ) with
        {
            Short = "o",
            Default = "table",
            Choices = ["table", "yaml", "json"],
        };

    /// <summary>The same for commands whose output for programs is a line of JSON for each result.</summary>
    public static Flag<OutputFormat> TableOrJson { get; } =
        CommandLine.Flag.Text(
            Flag.Name,
            Flag.Help,
            text =>
                text switch
                {
                    "table" or "" or null => Output.OutputFormat.Table,
                    "json" => Output.OutputFormat.Json,
                    var other => throw CommandException.Usage($"unknown output format '{other}': there are table and json"),
                }
        ) with
        {
            Short = Flag.Short,
            Default = Flag.Default,
            Choices = ["table", "json"],
            IsGeneral = true,
        };

    public static OutputFormat OutputFormat(this Invocation run) => run.Get(Flag);
}
