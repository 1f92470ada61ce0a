using System.Text;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Codec;
using Kops.Cli.Addons;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Terraform;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.Objects;
using Kops.StateStore.Clusters;
using Kops.StateStore.SshKeys;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops create cluster</c>: describes a cluster by flags. On a cluster that exists, flags are merged into what is stored.
/// </summary>
internal static class CreateClusterCommand
{
    private static readonly string[] OwnKeys = ["id_ed25519.pub", "id_rsa.pub"];

    private static readonly Flag<string?> SshPublicKey = Flag.Text("ssh-public-key", "File with an SSH public key that may log in") with
    {
        Values = ValueSource.File,
    };

    private static readonly Flag<bool> Yes = Flag.Switch("yes", "Apply the cluster at once, as 'kops update cluster --yes' does") with
    {
        Short = "y",
    };

    public static CommandSpec Spec { get; } =
        new("create cluster", "Describe a cluster by flags, or change one that exists by flags")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "The description is stored; 'kops update cluster --yes' applies it. On a cluster that exists, each flag changes just\n"
                + "what it means, and everything else, edits included, stays.",
            Examples =
            [
                ("Two zones of AWS", "kops create cluster demo.example.com --zones us-east-1a,us-east-1b --node-size m4.large"),
                ("See the objects without storing them", "kops create cluster demo.example.com --zones us-east-1a --dry-run -o yaml"),
                ("Other machines for the nodes of a cluster that exists", "kops create cluster demo.example.com --node-size m5.large"),
            ],
            Flags =
            [
                .. ClusterFlagOptions.Flags,
                DryRunOutput.Flag,
                DryRunOutput.DryRun,
                SshPublicKey,
                ApplyTarget.Flag with
                {
                    Help = "How to apply the cluster; direct writes files and makes nothing in the cloud yet",
                },
                Yes,
                TerraformTarget.OutFlag,
                .. AddonFlags.All,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var isApplied = IsApplied(run);
        var format = DryRunOutput.FormatOf(run);
        var name = ClusterNames.Find(run, usesContext: false);
        var flags = ClusterFlagOptions.Read(run.Flags);
        ReadOnlyMemory<byte>? key = run.Get(SshPublicKey) is { Length: > 0 } file
            ? await UserFile.ReadAsync(run, file, cancellationToken)
            : default(ReadOnlyMemory<byte>?);
        var addons = new List<ApiDocument>();
        foreach (var path in flags.AddonPaths ?? [])
            addons.AddRange(KopsCodec.Decode(await UserFile.ReadAsync(run, path, cancellationToken), path));
        await run.Session.RecoverAsync(name, cancellationToken);
        if (await run.Session.FindClusterAsync(name, cancellationToken) is { } state)
        {
            if (!await MergeAsync(run, state, flags, key, format, cancellationToken))
                return ExitCode.Done;
        }
        else
            await CreateAsync(run, new CreateClusterRequest(name, flags), key, addons, format, cancellationToken);
        if (run.Get(DryRunOutput.DryRun) || !isApplied)
            return ExitCode.Done;
        run.Out.WriteLine();
        return await UpdateClusterCommand.UpdateAsync(run, name, cancellationToken);
    }

    // What Terraform is to do needs no agreement: nothing is done in the cloud by that.
    private static bool IsApplied(Invocation run) => ApplyTarget.IsTerraform(run) || run.Get(Yes);

    private static async Task CreateAsync(
        Invocation run,
        CreateClusterRequest request,
        ReadOnlyMemory<byte>? key,
        IReadOnlyList<ApiDocument> addons,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        request = request with
        {
            AzureSubscription = run.Host.Variable("AZURE_SUBSCRIPTION_ID"),
            Tokens =
            [
                .. CloudProfiles
                    .All.Select(cloud => cloud.TokenVariable)
                    .OfType<string>()
                    .Where(variable => run.Host.Variable(variable) is not null),
            ],
        };
        var described = await CreateCluster.DescribeAsync(run.Session, request, cancellationToken);
        if (run.Get(DryRunOutput.DryRun))
        {
            Show(run, format, described.Cluster, described.InstanceGroups, key, addons);
            return;
        }

        key ??= await OwnKeyAsync(run, described.Cluster, cancellationToken);
        await run.Session.ApplyAsync(CreateCluster.Plan(run.Session, described, key, addons), cancellationToken);
        ClusterTables.WriteClusters(run.Host.Console, [described.Cluster]);
        run.Out.WriteLine();
        ClusterTables.WriteInstanceGroups(run.Host.Console, described.Cluster, described.InstanceGroups);
        if (IsApplied(run))
            run.Out.WriteLine($"\nCluster {request.Name} is described in {described.Layout.Registry}.");
        else
            WriteSuggestions(run, request.Name, described.InstanceGroups);
    }

    /// <returns>Whether the cluster stands as the flags want it.</returns>
    private static async Task<bool> MergeAsync(
        Invocation run,
        ClusterState state,
        ClusterFlags flags,
        ReadOnlyMemory<byte>? key,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        var merged = await MergeCluster.PlanAsync(run.Session, state, flags, key, cancellationToken);
        var isDryRun = run.Get(DryRunOutput.DryRun);
        if (isDryRun && DryRunOutput.IsAsked(run))
        {
            Show(run, format, merged.Cluster, merged.InstanceGroups, key, []);
            return false;
        }

        if (merged.Effects.Count == 0)
        {
            // What flags say is kept, also where it is so already.
            if (!isDryRun)
                await run.Session.ApplyAsync(merged.Changes, cancellationToken);
            run.Out.WriteLine($"Cluster {state.Name} exists, and the flags ask for nothing new: nothing to change.");
            return true;
        }

        // Nobody can tell what somebody edited from what flags once set: that is for a person to look at.
        var isShown = isDryRun || !(merged.IsOnRecord || run.Get(Yes));
        run.Out.WriteLine(isShown ? $"Cluster {state.Name} exists. Would change:" : $"Cluster {state.Name} exists. Changing:");
        ChangeText.Write(run, merged.Effects);
        if (isDryRun)
            run.Out.WriteLine("\nNothing was changed (--dry-run).");
        else if (isShown)
            run.Out.WriteLine(
                "\nNothing was changed: what flags said before is not on record, so that they may write over edits. --yes goes on, and "
                    + "applies the cluster"
            );
        if (isShown)
            return false;
        await run.Session.ApplyAsync(merged.Changes, cancellationToken);
        if (!IsApplied(run))
            run.Out.WriteLine($"\nTo apply this, run: kops update cluster --name {state.Name} --yes");
        return true;
    }

    // Clouds that have no keys of their own get the user's (kOps: RunCreateCluster).
    private static async Task<ReadOnlyMemory<byte>?> OwnKeyAsync(Invocation run, Cluster cluster, CancellationToken cancellationToken)
    {
        if (cluster.Spec.CloudProvider is "aws" or "gce" || run.Host.Home is not { } home)
            return null;
        foreach (var path in OwnKeys.Select(file => Path.Combine(home, ".ssh", file)).Where(File.Exists))
        {
            run.Error.WriteLine($"Using the SSH public key {path}; --ssh-public-key names another.");
            return await UserFile.ReadAsync(run, path, cancellationToken);
        }

        return null;
    }

    private static void Show(
        Invocation run,
        OutputFormat format,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ReadOnlyMemory<byte>? key,
        IReadOnlyList<ApiDocument> addons
    )
    {
        List<KopsObject> objects = [cluster, .. groups.Select(group => ClusterLabel.On(group, cluster.Metadata.Name!))];
        if (key is { } publicKey)
        {
            var credential = new SSHCredential();
            credential.Metadata.Name = "admin";
            credential.Metadata.Labels[ClusterLabel.Name] = cluster.Metadata.Name!;
            credential.Spec.PublicKey = Encoding.UTF8.GetString(publicKey.Span).Trim();
            objects.Add(credential);
        }

        ObjectOutput.Write(run.Out, format, objects, [.. addons.Select(document => document.Root)]);
    }

    // In the words of kOps.
    private static void WriteSuggestions(Invocation run, string name, IReadOnlyList<InstanceGroup> groups)
    {
        run.Out.WriteLine("\nCluster configuration has been created.\n\nSuggestions:\n * list clusters with: kops get cluster");
        run.Out.WriteLine($" * edit this cluster with: kops edit cluster {name}");
        if (First("Node") is { } node)
            run.Out.WriteLine($" * edit your node instance group: kops edit ig --name={name} {node}");
        if (First("Master") is { } controlPlane)
            run.Out.WriteLine($" * edit your control-plane instance group: kops edit ig --name={name} {controlPlane}");
        run.Out.WriteLine($"\nFinally configure your cluster with: kops update cluster --name {name} --yes --admin\n");

        string? First(string role) => groups.FirstOrDefault(group => group.Spec.Role == role)?.Metadata.Name;
    }
}
