using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state ls</c>.</summary>
internal static class ListCommand
{
    public static Flag Output { get; } = OutputFlag.Flag with { Choices = ["table", "json"] };

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
            Flags =
            [
                Flag.Switch("recursive", "Everything below, not just what stands directly there") with
                {
                    Short = "r",
                },
                Flag.Switch("long", "Sizes and times too") with
                {
                    Short = "l",
                },
                Output,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var place = run.Place(run.Arguments.Count > 0 ? run.Arguments[0] : null);
        var asJson = run.OutputFormat() is Cli.Output.OutputFormat.Json;
        var isLong = run.Flags.IsOn("long");
        var any = false;
        await foreach (var entry in EntriesAsync(place, run.Flags.IsOn("recursive"), cancellationToken))
        {
            any = true;
            var name = entry.Path.Below(place) + (entry.IsPrefix ? "/" : string.Empty);
            if (asJson)
                run.Out.WriteLine(NodeText.ToJson(Row(name, entry.Object)));
            else if (isLong)
                run.Out.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Object?.Size, 12}  {Time(entry.Object), -20}  {StatePlaces.Shown(name)}"
                    )
                );
            else
                run.Out.WriteLine(StatePlaces.Shown(name));
        }

        return any || run.MayBeEmpty(place) ? ExitCode.Done : throw StatePlaces.NothingAt(place);
    }

    private static async IAsyncEnumerable<VfsEntry> EntriesAsync(
        VfsPath place,
        bool isTree,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var any = false;
        await foreach (var entry in isTree ? place.ListTreeAsync(cancellationToken) : place.ListAsync(cancellationToken))
        {
            any = true;
            yield return entry;
        }

        if (!any && await place.StatAsync(cancellationToken) is { } single)
            yield return new VfsEntry(place, single);
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
