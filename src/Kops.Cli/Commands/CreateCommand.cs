using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops create -f</c>: stores the objects of files. Those of one cluster are one change.</summary>
internal static class CreateCommand
{
    public static Flag<IReadOnlyList<string>> Filename { get; } =
        Flag.List("filename", "File with the objects, '-' for standard input; may be repeated") with
        {
            Short = "f",
            Values = ValueSource.File,
        };

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("create", "Create clusters, instance groups and secrets, by flags or from files")
        {
            Flags = [Filename, Replacing.AllowUnknownFlag],
            Examples =
            [
                ("From a file, as 'kops get all -o yaml' prints it", "kops create -f demo.yaml"),
                ("From standard input", "kops create -f - < demo.yaml"),
            ],
            Run = RunAsync,
        },
        CreateClusterCommand.Spec,
        CreateInstanceGroupCommand.Spec,
        CreateKeypairCommand.Spec,
        .. CreateSecretCommand.Specs,
        CreateSshPublicKeyCommand.Spec,
    ];

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var input = InputObjects.Sort(run, await ObjectFile.ReadAsync(run, cancellationToken));
        foreach (var objects in input)
        {
            await run.RecoverAsync(objects.ClusterName, cancellationToken);
            var state = await run.State.ReadAsync(objects.ClusterName, cancellationToken);
            var (changes, lines) = await PlanAsync(run, objects, state, cancellationToken);
            await run.ApplyAsync(changes, cancellationToken);
            foreach (var line in lines)
                run.Out.WriteLine(line);
        }

        foreach (var objects in input)
            run.Out.WriteLine($"\nTo deploy these resources, run: kops update cluster --name {objects.ClusterName} --yes");
        return ExitCode.Done;
    }

    private static async Task<(ChangeSet Changes, IReadOnlyList<string> Lines)> PlanAsync(
        Invocation run,
        InputObjects objects,
        ClusterState? state,
        CancellationToken cancellationToken
    )
    {
        var (name, lines) = (objects.ClusterName, new List<string>());
        if (objects.Cluster is not null && state is not null)
            throw CommandException.Conflict($"cluster \"{name}\" exists already; 'kops replace -f' overwrites it");
        if (objects.Cluster is null && state is null)
            throw await run.ClusterNotFoundAsync(name, cancellationToken);
        var layout = state?.Layout ?? run.State.LayoutOf(name, objects.Cluster);
        var planner = state is null ? run.State.Change(layout, run.Title) : run.Change(state);
        if (objects.Cluster is { } cluster)
        {
            await Validity.CheckAsync(run.Session, null, cluster, cancellationToken);
            planner.CreateCluster(cluster);
            lines.Add($"Created cluster/{name}");
        }

        foreach (var group in objects.InstanceGroups)
        {
            if (state?.FindInstanceGroup(group.Metadata.Name ?? string.Empty) is not null)
                throw CommandException.Conflict(
                    $"instance group \"{group.Metadata.Name}\" of cluster \"{name}\" exists already; 'kops replace -f' overwrites it"
                );
            Validity.Check(group, objects.Cluster ?? state!.Cluster.Value);
            planner.CreateInstanceGroup(group);
            lines.Add($"Created instancegroup/{group.Metadata.Name}");
        }

        if (objects.SshCredentials.Count > 0)
        {
            var existing = state is null ? [] : await state.SshKeys.ListAsync(cancellationToken);
            foreach (var credential in objects.SshCredentials)
                planner.AddSshKey(InputObjects.PublicKey(credential), existing);
            lines.AddRange(objects.SshCredentials.Select(_ => "Added ssh credential"));
        }

        if (objects.Others.Count > 0 || state is null)
        {
            var read = await StoredFile.ReadAsync(layout.AdditionalObjects, cancellationToken);
            if (!read.Bytes.IsEmpty)
                throw CommandException.Conflict($"cluster \"{name}\" has additional objects already ({read.Path})");
            planner.WriteFile(read, objects.OthersFile());
            lines.AddRange(objects.Others.Select(document => $"Added addon object {document.Root["kind"]}"));
        }

        return (planner.Build(), lines);
    }
}
