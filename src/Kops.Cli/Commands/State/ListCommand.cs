using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Files;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state ls</c>.</summary>
internal static class ListCommand
{
    private static readonly Flag<bool> Recursive = Flag.Switch("recursive", "Everything below, not just what stands directly there") with
    {
        Short = "r",
    };

    private static readonly Flag<bool> Long = Flag.Switch("long", "Sizes and times too") with { Short = "l" };

    public static CommandSpec Spec { get; } =
        new("state ls", "List files of the state, or of any store")
        {
            Arguments = "[PLACE]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples =
            [
                ("What the state store holds", "kops state ls"),
                ("Every file of a cluster, with sizes and times", "kops state ls demo.example.com --recursive --long"),
                ("Any place in any store", "kops state ls s3://bucket/demo.example.com/pki"),
            ],
            Flags = [Recursive, Long, OutputFlag.TableOrJson],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var files = StateFiles.ListAsync(run.Place(), run.Get(Recursive), mayBeAbsent: run.Arguments.Count == 0, cancellationToken);
        await foreach (var (name, entry) in files)
        {
            if (run.IsForPrograms())
                run.Out.WriteLine(NodeText.ToJson(Row(name, entry.Object)));
            else if (run.Get(Long))
                run.Out.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Object?.Size, 12}  {Time(entry.Object), -20}  {StatePlaces.Shown(name)}"
                    )
                );
            else
                run.Out.WriteLine(StatePlaces.Shown(name));
        }

        return ExitCode.Done;
    }

    private static MappingNode Row(string name, ObjectInfo? info)
    {
        var row = new MappingNode { ["name"] = ScalarNode.Of(name) };
        if (info is null)
            return row;
        row["bytes"] = ScalarNode.Of(info.Size);
        row["modified"] = ScalarNode.Of(Time(info));
        if (info.Md5 is { } md5)
            row["md5"] = ScalarNode.Of(Convert.ToHexStringLower(md5.Span));
        return row;
    }

    private static string Time(ObjectInfo? info) =>
        info?.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;
}
