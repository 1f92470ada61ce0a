using System.Text;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Kubeconfigs;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Cli.Terraform;
using Kops.Operations.Clusters;
using Kops.Operations.Updates;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops update cluster</c>: completes the spec and writes what follows from it, with missing keys, as one change.</summary>
internal static class UpdateClusterCommand
{
    private static readonly Flag<bool> CreateKubeconfig = Flag.Switch(
        "create-kube-config",
        "With --yes: make it kubectl's context, too, as the flags about the kubeconfig do"
    );

    private static readonly PlannedCommand<UpdatePlan> Planned = new()
    {
        Plan = static (run, cancellationToken) => Planner(run, ClusterNames.Find(run))(cancellationToken),
        Show = static (run, plan) =>
        {
            run.Out.WriteLine(run.IsAgreed() ? "Changing:" : "Will change:");
            UpdateText.Write(run, plan);
        },
        Report = static (run, plan) => UpdateNodes.Of(run, plan),
        Ask = "\nMust specify --yes to apply changes",
        Apply = static async (run, plan, cancellationToken) =>
        {
            await UpdateCluster.ApplyAsync(run.Session, plan, cancellationToken);
            run.Say($"\nCluster {plan.Changes.Cluster} is updated.");
        },
        Footnote = UpdateText.Undone,
        Fingerprint = static (run, plan) =>
            string.Join('\n', [NodeText.ToJson(UpdateNodes.Of(run, plan)), .. plan.Changes.Files.SelectMany(Texts)]),
    };

    public static CommandSpec Spec { get; } =
        new("update cluster", "Apply a cluster's description")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Without --yes it shows which files would change and how, who notices, and which instance groups want a rolling\n"
                + "update. With it, all that machines boot from is written, with the completed spec, the version, and missing keysets\n"
                + "and tokens: all of it or nothing. What it does not do yet, such as cloud resources, it says.\n"
                + "\n"
                + "The manifests of addons are made from a source of kOps that --addons-source, KOPS_ADDONS_SOURCE or kops_addons_source\n"
                + "in ~/.kops/config names; without one, those in the store are kept. Where some are missing, it is refused unless\n"
                + "--without-addons is given. See docs/addons.md.\n"
                + "\n"
                + "With --target terraform, what the cluster needs in its cloud is written as a configuration that Terraform carries out;\n"
                + "that takes no --yes. Files there that somebody changed since are written over with --yes alone.",
            Examples =
            [
                ("See what would change", "kops update cluster demo.example.com"),
                ("Do it", "kops update cluster demo.example.com --yes"),
                ("Do it, and make a credential for kubectl", "kops update cluster demo.example.com --yes --admin"),
                ("Make its addons from a source of kOps", "kops update cluster demo.example.com --yes --addons-source ~/kops"),
                ("Leave the cloud to Terraform", "kops update cluster demo.example.com --target terraform --out infra"),
                ("In a script: exit code 5 when something would change", "kops update cluster demo.example.com --exit-code"),
            ],
            Flags =
            [
                PlanFlags.Yes,
                PlanFlags.ExitCode,
                ApplyTarget.Flag,
                PlanFlags.AllowDowngrade,
                .. UpdateFlags.All,
                .. TerraformTarget.Flags,
                CreateKubeconfig,
                OutputFlag.TableOrJson,
                .. KubeconfigExport.Flags,
                .. Flag.NotYet("'kops export kubeconfig' writes the kubeconfig", "use-kubeconfig?"),
                .. Flag.NotYet("'kops create sshpublickey' adds a key", "ssh-public-key"),
                .. Flag.NotYet(LaterCommands.WithKops, "instance-group* instance-group-roles* prune?"),
            ],
            Run = RunAsync,
        };

    /// <summary>Shows what updating would change, and with <c>--yes</c> does it.</summary>
    public static async Task<int> UpdateAsync(Invocation run, string name, CancellationToken cancellationToken) =>
        ApplyTarget.IsTerraform(run)
            ? await TerraformTarget.UpdateAsync(run, name, cancellationToken)
            : await Planned.RunAsync(run, Planner(run, name), cancellationToken);

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = ClusterNames.Find(run);
        var kubeconfig = WantsKubeconfig(run) ? new KubeconfigExport(run) : null;
        var code = await UpdateAsync(run, name, cancellationToken);
        if (kubeconfig is not null && run.Get(PlanFlags.Yes))
            await kubeconfig.WriteAsync([name], null, cancellationToken);
        return code;
    }

    /// <summary>Plans from what then stands in the store; what the user says is read once.</summary>
    private static Func<CancellationToken, Task<UpdatePlan?>> Planner(Invocation run, string name)
    {
        UpdateOptions? options = null;
        return async cancellationToken =>
        {
            var state = await run.Session.ReadClusterToChangeAsync(name, cancellationToken);
            options ??= await UpdateFlags.ReadAsync(run, cancellationToken);
            return await PlanAsync(run, state, options, cancellationToken);
        };
    }

    private static async Task<UpdatePlan?> PlanAsync(
        Invocation run,
        ClusterState state,
        UpdateOptions options,
        CancellationToken cancellationToken
    )
    {
        var name = state.Name;
        var plan = await UpdateCluster.PlanAsync(run.Session, state, options, cancellationToken);
        if (!plan.IsEmpty)
        {
            if (run.IsAgreed() && !plan.Changes.IsEmpty)
                plan.Addons.Check(name);
            return plan;
        }

        if (run.IsForPrograms())
            run.Out.WriteLine(NodeText.ToJson(ChangeNodes.Ended(UpdateNodes.Of(run, plan), isDone: false)));
        if (UpdateText.Undone(plan) is not { } undone)
            run.Say("No changes need to be applied");
        else
        {
            run.Say($"The files of cluster {name} are up to date");
            run.Error.WriteLine(undone);
        }

        if (UpdateText.Waiting(plan) is { } waiting)
            run.Error.WriteLine(waiting);
        return null;
    }

    // What is shown of files that are no YAML.
    private static IEnumerable<string?> Texts(FileChange file) => file.Fields is null ? [file.TextBefore, file.TextAfter] : [];

    // kOps writes it always. The machines are not made here, so that kubectl's context changes only for whoever asks.
    private static bool WantsKubeconfig(Invocation run) =>
        run.Has(CreateKubeconfig) ? run.Get(CreateKubeconfig) : KubeconfigExport.Flags.Any(run.Has);
}
