using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Kubeconfigs;

namespace Kops.Cli.Commands;

/// <summary><c>kops export kubeconfig</c>: tells kubectl where a cluster is, and with <c>--admin</c> who may use it.</summary>
internal static class ExportKubeconfigCommand
{
    private static readonly Flag<bool> All = Flag.Switch("all", "All clusters of the store");

    private static readonly Flag<string?> Kubeconfig = Flag.Text(
        "kubeconfig",
        "File to write (default the first of KUBECONFIG, then ~/.kube/config)"
    ) with
    {
        Values = ValueSource.File,
    };

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("export", "Write a kubeconfig"),
        new("export kubeconfig", "Write how kubectl reaches a cluster into a kubeconfig")
        {
            Aliases = ["kubecfg"],
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "What else stands in the file stays. No cloud is asked: the address is that of spec.masterPublicName, or api.CLUSTER; "
                + "--api-server\nnames another one, such as a load balancer's.",
            Examples =
            [
                ("With a credential of an administrator for 18 hours", "kops export kubeconfig demo.example.com --admin"),
                ("For a user that stands in the kubeconfig", "kops export kubeconfig demo.example.com --user ada"),
            ],
            Flags = [.. KubeconfigExport.Flags, All, Kubeconfig, .. Flag.NotYet("--admin makes a credential", "auth-plugin?")],
            Run = RunAsync,
        },
    ];

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var export = new KubeconfigExport(run);
        if (run.Get(All) && run.Arguments.Count > 0)
            throw CommandException.Usage("--all means every cluster; leave it or the name out");
        await run.Session.TellPendingAsync(cancellationToken);
        var names = run.Get(All)
            ? await run.State.ListAsync(cluster => cluster.Name, cancellationToken) is { } listing
                ? listing.Clusters
                : []
            : [ClusterNames.Find(run)];
        if (names.Count == 0)
            throw CommandException.NotFound($"no clusters found in {run.State.Root}");
        await export.WriteAsync(names, run.Get(Kubeconfig), cancellationToken);
        return ExitCode.Done;
    }
}
