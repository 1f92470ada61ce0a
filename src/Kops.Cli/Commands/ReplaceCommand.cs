using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Objects;

namespace Kops.Cli.Commands;

/// <summary><c>kops replace -f</c>: overwrites objects with those of files; with <c>--force</c> creates those that are not there.</summary>
internal static class ReplaceCommand
{
    private static readonly Flag<bool> Force = Flag.Switch("force", "Create what is not there");

    public static CommandSpec Spec { get; } =
        new("replace", "Overwrite clusters and instance groups from files")
        {
            Description = "Objects of one cluster are one change. A field that is not known is an error, and nothing is changed then.",
            Examples =
            [
                ("Bring edits back", "kops get all demo.example.com -o yaml > demo.yaml; $EDITOR demo.yaml; kops replace -f demo.yaml"),
            ],
            Flags = [InputFlags.Filename, Force, InputFlags.AllowUnknownFields],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var input = await InputObjects.ReadAsync(run, cancellationToken);
        foreach (var objects in input)
        {
            await run.Session.RecoverAsync(objects.ClusterName, cancellationToken);
            var state = await run.State.ReadAsync(objects.ClusterName, cancellationToken);
            var changes = await ReplaceObjects.PlanAsync(run.Session, objects, state, run.Get(Force), cancellationToken);
            var isChanged = await run.Session.ApplyAsync(changes, cancellationToken);
            foreach (var line in isChanged ? Lines(objects) : [$"No changes to cluster/{objects.ClusterName}"])
                run.Out.WriteLine(line);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> Lines(ClusterObjects objects) =>
        [
            .. objects.Cluster is null ? [] : (string[])[$"Replaced cluster/{objects.ClusterName}"],
            .. objects.InstanceGroups.Select(group => $"Replaced instancegroup/{group.Metadata.Name}"),
            .. objects.Others.Count == 0 ? [] : (string[])[$"Replaced {objects.Others.Count} addon objects"],
        ];
}
