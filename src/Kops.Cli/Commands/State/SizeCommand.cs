using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;

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
            Flags = [ListCommand.Output],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var place = run.Place(run.Arguments.Count > 0 ? run.Arguments[0] : null);
        var rows = new List<(string Name, long Files, long Bytes)>();
        await foreach (var entry in place.ListTreeAsync(cancellationToken))
        {
            if (entry.Object is not { } info)
                continue;
            var name =
                entry.Path.Below(place) is var key && key.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0
                    ? key[..(slash + 1)]
                    : key;

            // In key order, so what belongs together comes together.
            if (rows.Count > 0 && rows[^1].Name == name)
                rows[^1] = (name, rows[^1].Files + 1, rows[^1].Bytes + info.Size);
            else
                rows.Add((name, 1, info.Size));
        }

        if (rows.Count == 0 && await place.StatAsync(cancellationToken) is { } single)
            rows.Add((place.Name, 1, single.Size));
        if (rows.Count == 0 && !run.MayBeEmpty(place))
            throw StatePlaces.NothingAt(place);
        var total = ("total", rows.Sum(row => row.Files), rows.Sum(row => row.Bytes));
        if (run.OutputFormat() is Cli.Output.OutputFormat.Json)
        {
            foreach (var (name, files, bytes) in rows.Append(total))
                run.Out.WriteLine(
                    NodeText.ToJson(
                        new MappingNode
                        {
                            ["name"] = ScalarNode.Of(name),
                            ["files"] = ScalarNode.Of(files),
                            ["bytes"] = ScalarNode.Of(bytes),
                        }
                    )
                );
            return ExitCode.Done;
        }

        TextTable.WriteInOrder(
            run.Out,
            ["FILES", "BYTES", "SIZE", "NAME"],
            rows.Append(total)
                .Select(row => new[] { Text(row.Item2), Text(row.Item3), Sizes.Text(row.Item3), StatePlaces.Shown(row.Item1) })
        );
        return ExitCode.Done;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
