using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Files;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state du</c>.</summary>
internal static class SizeCommand
{
    public static CommandSpec Spec { get; } =
        new("state du", "Count files and bytes, for each directory directly below a place")
        {
            Arguments = "[PLACE]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples = [("Which clusters are large", "kops state du"), ("Where a cluster's bytes are", "kops state du demo.example.com")],
            Flags = [OutputFlag.TableOrJson],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var rows = await StateFiles.MeasureAsync(run.Place(), mayBeAbsent: run.Arguments.Count == 0, cancellationToken);
        var all = rows.Append(new FileUsage("total", rows.Sum(row => row.Files), rows.Sum(row => row.Bytes)));
        if (run.IsForPrograms())
        {
            foreach (var row in all)
                run.Out.WriteLine(
                    NodeText.ToJson(
                        new MappingNode
                        {
                            ["name"] = ScalarNode.Of(row.Name),
                            ["files"] = ScalarNode.Of(row.Files),
                            ["bytes"] = ScalarNode.Of(row.Bytes),
                        }
                    )
                );
            return ExitCode.Done;
        }

        TextTable.WriteInOrder(
            run.Host.Console,
            ["FILES", "BYTES", "SIZE", "NAME"],
            all.Select(row => new[] { Text(row.Files), Text(row.Bytes), Sizes.Text(row.Bytes), StatePlaces.Shown(row.Name) })
        );
        return ExitCode.Done;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
