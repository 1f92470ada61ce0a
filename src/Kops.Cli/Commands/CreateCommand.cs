using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Operations.Objects;

namespace Kops.Cli.Commands;

/// <summary><c>kops create -f</c>: stores the objects of files. Those of one cluster are one change.</summary>
internal static class CreateCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("create", "Create clusters, instance groups and secrets, by flags or from files")
        {
            Flags = [InputFlags.Filename, InputFlags.AllowUnknownFields],
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
        var input = await InputObjects.ReadAsync(run, cancellationToken);
        foreach (var objects in input)
        {
            await run.Session.RecoverAsync(objects.ClusterName, cancellationToken);
            var state = await run.State.ReadAsync(objects.ClusterName, cancellationToken);
            await run.Session.ApplyAsync(await CreateObjects.PlanAsync(run.Session, objects, state, cancellationToken), cancellationToken);
            foreach (var line in Lines(objects))
                run.Out.WriteLine(line);
        }

        foreach (var objects in input)
            run.Out.WriteLine($"\nTo deploy these resources, run: kops update cluster --name {objects.ClusterName} --yes");
        return ExitCode.Done;
    }

    private static IEnumerable<string> Lines(ClusterObjects objects) =>
        [
            .. objects.Cluster is null ? [] : (string[])[$"Created cluster/{objects.ClusterName}"],
            .. objects.InstanceGroups.Select(group => $"Created instancegroup/{group.Metadata.Name}"),
            .. objects.SshCredentials.Select(_ => "Added ssh credential"),
            .. objects.Others.Select(document => $"Added addon object {document.Root["kind"]}"),
        ];
}
