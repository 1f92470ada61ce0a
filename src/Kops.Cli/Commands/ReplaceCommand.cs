using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Validation;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops replace -f</c>: overwrites objects with those of files; with <c>--force</c> creates those that are not there.</summary>
internal static class ReplaceCommand
{
    public static CommandSpec Spec { get; } =
        new("replace", "Overwrite clusters and instance groups from files")
        {
            Description = "Objects of one cluster are one change. A field that is not known is an error, and nothing is changed then.",
            Examples =
            [
                ("Bring edits back", "kops get all demo.example.com -o yaml > demo.yaml; $EDITOR demo.yaml; kops replace -f demo.yaml"),
            ],
            Flags = [CreateCommand.Filename, Flag.Switch("force", "Create what is not there"), Replacing.AllowUnknownFlag],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var input = InputObjects.Sort(run, await ObjectFile.ReadAsync(run, cancellationToken));
        foreach (var objects in input)
        {
            await run.RecoverAsync(objects.ClusterName, cancellationToken);
            var state = await run.State.ReadAsync(objects.ClusterName, cancellationToken);
            await ReplaceAsync(run, objects, state, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static async Task ReplaceAsync(Invocation run, InputObjects objects, ClusterState? state, CancellationToken cancellationToken)
    {
        var (name, isForced, lines) = (objects.ClusterName, run.Flags.IsOn("force"), new List<string>());
        if (state is null && objects.Cluster is null)
            throw await run.ClusterNotFoundAsync(name, cancellationToken);
        if (state is null && !isForced)
            throw CommandException.NotFound($"cluster \"{name}\" does not exist; --force creates it");
        var layout = state?.Layout ?? run.State.LayoutOf(name, objects.Cluster);
        var planner = state is null ? run.State.Change(layout, run.Title) : run.Change(state);
        if (objects.Cluster is { } cluster)
        {
            await Validity.CheckAsync(run.Session, state, cluster, cancellationToken);
            if (state is null)
                planner.CreateCluster(cluster).WriteFile(await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken), default);
            else
                planner.ReplaceCluster(state.Cluster, cluster);
            lines.Add($"Replaced cluster/{name}");
        }

        foreach (var group in objects.InstanceGroups)
        {
            var id = group.Metadata.Name ?? string.Empty;
            Validity.Check(group, objects.Cluster ?? state!.Cluster.Value);
            if (state?.FindInstanceGroup(id) is { } stored)
                planner.ReplaceInstanceGroup(stored, group);
            else if (isForced)
                planner.CreateInstanceGroup(group);
            else
                throw CommandException.NotFound($"instance group \"{id}\" of cluster \"{name}\" does not exist; --force creates it");
            lines.Add($"Replaced instancegroup/{id}");
        }

        var keys = objects.SshCredentials.Count == 0 || state is null ? [] : await state.SshKeys.ListAsync(cancellationToken);
        foreach (var credential in objects.SshCredentials)
            planner.AddSshKey(InputObjects.PublicKey(credential), keys);
        if (objects.Others.Count > 0)
        {
            planner.WriteFile(await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken), objects.OthersFile());
            lines.Add($"Replaced {objects.Others.Count} addon objects");
        }

        if (!await run.ApplyAsync(planner.Build(), cancellationToken))
            lines = [$"No changes to cluster/{name}"];
        foreach (var line in lines)
            run.Out.WriteLine(line);
    }
}
