using Kops.Api;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit cluster</c></summary>
internal static class EditClusterCommand
{
    public static CommandSpec Spec { get; } =
        new("edit cluster", "Change a cluster")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Opens the cluster in the editor that KUBE_EDITOR or EDITOR names, or sets fields at once. It changes what is stored;\n"
                + "'kops update cluster' applies that.",
            Examples =
            [
                ("In an editor", "kops edit cluster demo.example.com"),
                ("Without", "kops edit cluster demo.example.com --set spec.kubernetesVersion=1.36.3 --unset spec.sshKeyName"),
            ],
            Flags =
            [
                EditFlags.Set with
                {
                    Values = ValueSource.ClusterField,
                },
                EditFlags.Unset with
                {
                    Values = ValueSource.ClusterField,
                },
                InputFlags.AllowUnknownFields,
                OutputFlag.TableOrJson,
            ],
            Run = RunAsync,
        };

    private static Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = ClusterNames.Find(run);
        return new ObjectEdit<Cluster>(
            run,
            async token =>
            {
                var state = await run.Session.ReadClusterToChangeAsync(name, token);
                return new(
                    state.Cluster,
                    $"cluster {state.Name}",
                    (changed, stop) => EditCluster.PlanAsync(run.Session, state, changed, stop)
                );
            }
        ).RunAsync(cancellationToken);
    }
}
