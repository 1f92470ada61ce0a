using System.Text;
using Kops.Api.Codec;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Model;
using Kops.Model.Completion;
using Kops.Model.Updates;
using Kops.Operations.Validation;
using Kops.StateStore.Changes.Updates;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops update cluster</c>: completes the spec and writes what follows from it, with missing keys, as one change.</summary>
internal static class UpdateClusterCommand
{
    public static CommandSpec Spec { get; } =
        new("update cluster", "Apply a cluster's description")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Without --yes it shows which files would change and how. With it, the completed spec, the version, and missing\n"
                + "keysets and tokens are written, all of them or none. What it does not do yet, such as cloud resources, it says.",
            Examples =
            [
                ("See what would change", "kops update cluster demo.example.com"),
                ("Do it", "kops update cluster demo.example.com --yes"),
                ("Do it, and make a credential for kubectl", "kops update cluster demo.example.com --yes --admin"),
                ("In a script: exit code 5 when something would change", "kops update cluster demo.example.com --exit-code"),
            ],
            Flags =
            [
                DeleteCommand.Yes,
                Flag.Switch("exit-code", $"Without --yes: exit with {ExitCode.ChangesPending} when something would change"),
                Flag.Text("target", "How to apply; direct writes files and makes nothing in the cloud yet") with
                {
                    Default = "direct",
                    Choices = ["direct"],
                },
                Flag.Switch("allow-kops-downgrade", "Go on although a newer kOps updated the cluster last"),
                Flag.Switch("create-kube-config", "With --yes: make it kubectl's context, too, as the flags about the kubeconfig do"),
                .. KubeconfigExport.Flags,
                .. Flag.NotYet("'kops export kubeconfig' writes the kubeconfig", "use-kubeconfig?"),
                .. Flag.NotYet("'kops create sshpublickey' adds a key", "ssh-public-key"),
                .. Flag.NotYet(
                    LaterCommands.WithKops,
                    "ignore-kubelet-version-skew? instance-group* instance-group-roles* lifecycle-overrides* out phase prune?"
                ),
            ],
            Run = RunAsync,
        };

    /// <summary>Refuses every target but the one there is.</summary>
    public static void CheckTarget(Invocation run)
    {
        if (run.Flags.Text("target") is not "direct" and var target)
            throw CommandException.Failed($"--target {target} is not supported yet; there is direct, and {LaterCommands.WithKops}");
    }

    /// <summary>Shows what updating would change, and with <c>--yes</c> does it.</summary>
    public static async Task<int> UpdateAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        CheckTarget(run);
        var state = await run.ReadClusterToChangeAsync(name, cancellationToken);
        if (state.Unreadable.Count > 0)
            throw CommandException.Failed($"cluster \"{name}\" cannot be updated while instance groups of it cannot be read");
        Validity.Check(run.Session, state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)]);
        await CheckVersionAsync(run, state, cancellationToken);
        var changes = await run.State.PlanUpdateAsync(
            state,
            await ContentAsync(run, state, cancellationToken),
            run.Title,
            cancellationToken
        );
        if (changes.IsEmpty)
        {
            run.Out.WriteLine("No changes need to be applied");
            return ExitCode.Done;
        }

        var isDone = run.Flags.IsOn("yes");
        run.Out.WriteLine(isDone ? "Changing:" : "Will change:");
        ChangeText.Write(run, changes);
        if (isDone)
            await run.ApplyAsync(changes, cancellationToken);
        run.Out.WriteLine(isDone ? $"\nCluster {name} is updated." : "\nMust specify --yes to apply changes");
        run.Error.WriteLine("Not done, since this program does not do it yet: cloud resources, add-on manifests and node configuration.");
        return !isDone && run.Flags.Knows("exit-code") && run.Flags.IsOn("exit-code") ? ExitCode.ChangesPending : ExitCode.Done;
    }

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = ClusterNames.Find(run);
        var kubeconfig = WantsKubeconfig(run.Flags) ? new KubeconfigExport(run) : null;
        var code = await UpdateAsync(run, name, cancellationToken);
        if (kubeconfig is not null && run.Flags.IsOn("yes"))
            await kubeconfig.WriteAsync([name], null, cancellationToken);
        return code;
    }

    // kOps writes it always. The machines are not made here, so that kubectl's context changes only for whoever asks.
    private static bool WantsKubeconfig(FlagSet flags) =>
        flags.Has("create-kube-config") ? flags.IsOn("create-kube-config") : KubeconfigExport.Flags.Any(flag => flags.Has(flag.Name));

    private static async Task CheckVersionAsync(Invocation run, ClusterState state, CancellationToken cancellationToken)
    {
        var file = await StoredFile.ReadAsync(state.Layout.KopsVersion, cancellationToken);
        if (
            !file.Exists
            || !KopsDowngrade.IsOne(file.Text)
            || (run.Flags.Knows("allow-kops-downgrade") && run.Flags.IsOn("allow-kops-downgrade"))
        )
            return;
        throw CommandException.Failed(
            $"cluster \"{state.Name}\" was last updated by kOps {file.Text.Trim()}, and this program works as kOps {Versions.Kops}, "
                + $"which is older; --allow-kops-downgrade goes on"
        );
    }

    private static async Task<UpdateContent> ContentAsync(Invocation run, ClusterState state, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CompletionRequest(
                state.Cluster.Value,
                [.. state.InstanceGroups.Select(group => group.Value)],
                Knowledge.CloudFacts(run)
            );
            request = request with
            {
                Facts = await Knowledge.AskAsync(run, request.Facts, ClusterCompleter.Questions(request), cancellationToken),
            };
            var completed = ClusterCompleter.Complete(request);
            // What was filled in has to be right as well: a load balancer of the class that an old file leaves out, for one.
            Validity.Check(run.Session, completed, request.Groups);
            return new UpdateContent
            {
                Files =
                [
                    new ManagedFile(state.Layout.CompletedSpec, KopsCodec.Encode(completed)),
                    new ManagedFile(state.Layout.KopsVersion, Encoding.UTF8.GetBytes(Versions.Kops)),
                ],
                Keysets = ClusterKeys.KeysetsOf(completed),
                Tokens = ClusterKeys.Tokens,
            };
        }
        catch (FormatException malformed)
        {
            throw CommandException.Failed($"cluster \"{state.Name}\": {malformed.Message}", malformed);
        }
    }
}
