using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.Merging;
using Kops.Model.NewCluster;
using Kops.Operations.Validation;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops create cluster</c>: describes a cluster by flags. On a cluster that exists, flags are merged into what is stored.
/// </summary>
internal static class CreateClusterCommand
{
    private static readonly string[] OwnKeys = ["id_ed25519.pub", "id_rsa.pub"];

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
                Flag.Text("ssh-public-key", "File with an SSH public key that may log in") with
                {
                    Values = ValueSource.File,
                },
                Flag.Text("target", "How to apply the cluster; direct writes files and makes nothing in the cloud yet") with
                {
                    Default = "direct",
                    Choices = ["direct"],
                },
                Flag.Switch("yes", "Apply the cluster at once, as 'kops update cluster --yes' does") with
                {
                    Short = "y",
                },
                .. Flag.NotYet(LaterCommands.WithKops, "out"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        UpdateClusterCommand.CheckTarget(run);
        var format = DryRunOutput.FormatOf(run);
        var name = ClusterNames.Find(run, usesContext: false);
        var flags = ClusterFlagOptions.Read(run.Flags);
        ReadOnlyMemory<byte>? key = run.Flags.Text("ssh-public-key") is { Length: > 0 } file
            ? await ObjectFile.ReadAsync(run, InHome(run, file), cancellationToken)
            : default(ReadOnlyMemory<byte>?);
        var additions = new InputObjects(name);
        foreach (var path in flags.AddonPaths ?? [])
            additions.Others.AddRange(KopsCodec.Decode(await ObjectFile.ReadAsync(run, path, cancellationToken), path));
        await run.RecoverAsync(name, cancellationToken);
        if (await run.Session.FindClusterAsync(name, cancellationToken) is { } state)
            await MergeAsync(run, state, flags, key, format, cancellationToken);
        else
            await CreateAsync(run, flags, key, additions, format, cancellationToken);
        if (run.Flags.IsOn("dry-run") || !run.Flags.IsOn("yes"))
            return ExitCode.Done;
        run.Out.WriteLine();
        return await UpdateClusterCommand.UpdateAsync(run, name, cancellationToken);
    }

    private static async Task CreateAsync(
        Invocation run,
        ClusterFlags flags,
        ReadOnlyMemory<byte>? key,
        InputObjects additions,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        var name = additions.ClusterName;
        var channel = await Knowledge.ChannelAsync(run, flags.Channel ?? Channel.DefaultName, cancellationToken);
        var features = FeatureFlags.Parse(run.Host.Variable("KOPS_FEATURE_FLAGS"));
        var request = new NewClusterRequest(name, run.State.Root.ToString(), flags, channel, Knowledge.CloudFacts(run), features)
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
        request = request with
        {
            Facts = await Knowledge.AskAsync(run, request.Facts, ClusterPlanner.Questions(request), cancellationToken),
        };
        var planned = ClusterPlanner.Plan(request);
        foreach (var warning in planned.Warnings)
            run.Error.WriteLine($"Warning: {warning}");
        Validity.Check(run.Session, planned.Cluster, planned.InstanceGroups, flags);
        var layout = run.State.LayoutOf(name, planned.Cluster);
        var planner = run
            .State.Change(layout, run.Title)
            .CreateCluster(planned.Cluster)
            .WriteFile(StoredFile.Absent(layout.AdditionalObjects), additions.OthersFile());
        foreach (var group in planned.InstanceGroups)
            planner.CreateInstanceGroup(group);
        if (run.Flags.IsOn("dry-run"))
        {
            Show(run, format, planned.Cluster, planned.InstanceGroups, key, additions);
            return;
        }

        key ??= await OwnKeyAsync(run, planned.Cluster, cancellationToken);
        if (key is { } publicKey)
            planner.AddSshKey(publicKey);
        await run.ApplyAsync(planner.Build(), cancellationToken);
        ClusterTables.WriteClusters(run.Out, [planned.Cluster]);
        run.Out.WriteLine();
        ClusterTables.WriteInstanceGroups(run.Out, planned.Cluster, planned.InstanceGroups);
        if (run.Flags.IsOn("yes"))
            run.Out.WriteLine($"\nCluster {name} is described in {layout.Registry}.");
        else
            WriteSuggestions(run, name, planned.InstanceGroups);
    }

    private static async Task MergeAsync(
        Invocation run,
        ClusterState state,
        ClusterFlags flags,
        ReadOnlyMemory<byte>? key,
        OutputFormat format,
        CancellationToken cancellationToken
    )
    {
        if (state.Unreadable.Count > 0)
            throw CommandException.Failed($"instance groups of cluster \"{state.Name}\" cannot be read; flags cannot be merged into it");
        var merged = ClusterMerger.Merge(state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)], flags);
        foreach (var warning in merged.Warnings)
            run.Error.WriteLine($"Warning: {warning}");
        await Validity.CheckAsync(run.Session, state, merged.Cluster, merged.InstanceGroups, cancellationToken);
        var planner = run.Change(state).ReplaceCluster(state.Cluster, merged.Cluster);
        foreach (var (stored, group) in state.InstanceGroups.Zip(merged.InstanceGroups))
            planner.ReplaceInstanceGroup(stored, group);
        if (key is { } publicKey)
            planner.AddSshKey(publicKey, await state.SshKeys.ListAsync(cancellationToken));
        var changes = planner.Build();
        var isDryRun = run.Flags.IsOn("dry-run");
        if (isDryRun && run.Flags.Text("output") is { Length: > 0 })
        {
            Show(run, format, merged.Cluster, merged.InstanceGroups, key, new InputObjects(state.Name));
            return;
        }

        if (changes.IsEmpty)
        {
            run.Out.WriteLine($"Cluster {state.Name} exists and is like that already: nothing to change.");
            return;
        }

        run.Out.WriteLine(isDryRun ? $"Cluster {state.Name} exists. Would change:" : $"Cluster {state.Name} exists. Changing:");
        ChangeText.Write(run, changes);
        if (isDryRun)
            run.Out.WriteLine("\nNothing was changed (--dry-run).");
        else
            await run.ApplyAsync(changes, cancellationToken);
        if (!isDryRun && !run.Flags.IsOn("yes"))
            run.Out.WriteLine($"\nTo apply this, run: kops update cluster --name {state.Name} --yes");
    }

    // A shell leaves the tilde of --flag=~/file to the program.
    private static string InHome(Invocation run, string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) && run.Host.Home is { } home ? Path.Combine(home, path[2..]) : path;

    // Clouds that have no keys of their own get the user's (kOps: RunCreateCluster).
    private static async Task<ReadOnlyMemory<byte>?> OwnKeyAsync(Invocation run, Cluster cluster, CancellationToken cancellationToken)
    {
        if (cluster.Spec.CloudProvider is "aws" or "gce" || run.Host.Home is not { } home)
            return null;
        foreach (var path in OwnKeys.Select(file => Path.Combine(home, ".ssh", file)).Where(File.Exists))
        {
            run.Error.WriteLine($"Using the SSH public key {path}; --ssh-public-key names another.");
            return await ObjectFile.ReadAsync(run, path, cancellationToken);
        }

        return null;
    }

    private static void Show(
        Invocation run,
        OutputFormat format,
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ReadOnlyMemory<byte>? key,
        InputObjects additions
    )
    {
        List<KopsObject> objects = [cluster, .. groups.Select(group => ClusterAccess.Shown(group, cluster.Metadata.Name!))];
        if (key is { } publicKey)
        {
            var credential = new SSHCredential();
            credential.Metadata.Name = "admin";
            credential.Metadata.Labels[Labels.Cluster] = cluster.Metadata.Name!;
            credential.Spec.PublicKey = Encoding.UTF8.GetString(publicKey.Span).Trim();
            objects.Add(credential);
        }

        ObjectOutput.Write(run.Out, format, objects, [.. additions.Others.Select(document => document.Root)]);
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
