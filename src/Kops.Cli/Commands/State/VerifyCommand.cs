using System.Globalization;
using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Transfers;
using Kops.StateStore.Transfer;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state verify</c>.</summary>
internal static class VerifyCommand
{
    public static CommandSpec Spec { get; } =
        new("state verify", "Compare two trees by content, in whatever stores they lie")
        {
            Arguments = "A B",
            MinArguments = 2,
            MaxArguments = 2,
            Description =
                "By content, never by date. Exit code 6 says that they differ. Hashes that a store is known to keep of the content "
                + "count as content; all else is read.",
            Examples = [("Whether a copy is one", "kops state verify s3://bucket gs://copy")],
            Flags = [OutputFlag.TableOrJson],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (first, second) = (run.Place(run.Arguments[0]), run.Place(run.Arguments[1]));
        var meter = new TransferMeter();
        IReadOnlyList<TreeDifference> differences;
        await using (new TransferDisplay(run, meter, "comparing"))
            differences = await CompareFiles.RunAsync(first, second, meter, cancellationToken);
        var asJson = run.IsForPrograms();
        foreach (var (kind, key) in differences)
        {
            var (word, sign) = kind switch
            {
                TreeDifferenceKind.OnlyFirst => ("onlyFirst", '-'),
                TreeDifferenceKind.OnlySecond => ("onlySecond", '+'),
                _ => ("content", '~'),
            };
            run.Out.WriteLine(
                asJson
                    ? NodeText.ToJson(new MappingNode { ["difference"] = ScalarNode.Of(word), ["name"] = ScalarNode.Of(key) })
                    : $"{sign} {StatePlaces.Shown(key)}"
            );
        }

        if (!asJson)
        {
            run.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Sizes.Files(meter.Unchanged)} ({Sizes.Text(meter.UnchangedBytes)}) agree, {differences.Count} "
                        + $"differ{(differences.Count == 1 ? "s" : string.Empty)}."
                )
            );
        }

        return differences.Count == 0 ? ExitCode.Done : ExitCode.Different;
    }
}
