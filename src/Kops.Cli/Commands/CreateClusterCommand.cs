using Kops.Api;
using Kops.Api.Diff;
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
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops create cluster</c>: describes a cluster by flags. On a cluster that exists, flags are merged into what is stored.</summary>
internal static class CreateClusterCommand
{
    public static CommandSpec Spec { get; } = new("create cluster", "Describe a cluster by flags, or change one that exists by flags")
    {
        Arguments = "[CLUSTER]",
        MaxArguments = 1,
        Values = ValueSource.Cluster,
        Description =
            "The description is stored; 'kops update cluster --yes' applies it. On a cluster that exists, each flag changes just\nwhat it means, and everything else, edits included, stays.",
        Examples =
        [
            ("Two zones of AWS", "kops create cluster demo.example.com --zones us-east-1a,us-east-1b --node-size m4.large"),
            ("See the objects without storing them", "kops create cluster demo.example.com --zones us-east-1a --dry-run -o yaml"),
            ("Other machines for the nodes of a cluster that exists", "kops create cluster demo.example.com --node-size m5.large"),
        ],
        Flags =
        [
            .. ClusterFlagOptions.Flags,
            new Flag("output", FlagKind.Text, "With --dry-run: print the objects in this form") { Short = "o", Choices = ["yaml", "json"] },
            Flag.Switch("dry-run", "Show what would be stored, and store nothing"),
            Flag.Text("ssh-public-key", "File with an SSH public key that may log in") with { Values = ValueSource.File },
            Flag.Text("target", "How to apply the cluster; direct writes files and makes nothing in the cloud yet") with { Default = "direct", Choices = ["direct"] },
            Flag.Switch("yes", "Apply the cluster at once, as 'kops update cluster --yes' does") with { Short = "y" },
            .. Flag.NotYet(LaterCommands.WithKops, "out"),
        ],
        Run = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        UpdateClusterCommand.CheckTarget(run);
        if (run.Flags.Text("output") is { Length: > 0 } && !run.Flags.IsOn("dry-run")) throw CommandException.Usage("--output (-o) goes with --dry-run");
        var name = ClusterNames.Find(run, usesContext: false);
        var flags = ClusterFlagOptions.Read(run.Flags);
        ReadOnlyMemory<byte>? key = run.Flags.Text("ssh-public-key") is { Length: > 0 } file ? await ObjectFile.ReadAsync(run, file, cancellationToken) : default(ReadOnlyMemory<byte>?);
        await run.RecoverAsync(cancellationToken);
        if (await run.State.ReadAsync(name, cancellationToken) is { } state) await MergeAsync(run, run.Report(state), flags, key, cancellationToken);
        else await CreateAsync(run, name, flags, key, cancellationToken);
        if (run.Flags.IsOn("dry-run") || !run.Flags.IsOn("yes")) return ExitCode.Done;
        run.Out.WriteLine();
        return await UpdateClusterCommand.UpdateAsync(run, name, cancellationToken);
    }

    private static async Task CreateAsync(Invocation run, string name, ClusterFlags flags, ReadOnlyMemory<byte>? key, CancellationToken cancellationToken)
    {
        var channel = await Knowledge.ChannelAsync(run, flags.Channel ?? Channel.DefaultName, cancellationToken);
        var features = FeatureFlags.Parse(run.Host.Variable("KOPS_FEATURE_FLAGS"));
        var request = new NewClusterRequest(name, run.State.Root.ToString(), flags, channel, Knowledge.CloudFacts(run), features)
        {
            Tokens = [.. CloudProfiles.All.Select(cloud => cloud.TokenVariable).OfType<string>().Where(variable => run.Host.Variable(variable) is not null)],
        };
        request = request with { Facts = await Knowledge.AskAsync(run, request.Facts, ClusterPlanner.Questions(request), cancellationToken) };
        var planned = ClusterPlanner.Plan(request);
        foreach (var warning in planned.Warnings) run.Error.WriteLine($"Warning: {warning}");
        Validity.Check(run, planned.Cluster, planned.InstanceGroups);
        var layout = run.State.LayoutOf(name, planned.Cluster);
        var planner = run.State.Change(layout, run.Title)
            .CreateCluster(planned.Cluster)
            .WriteFile(StoredFile.Absent(layout.AdditionalObjects), default);
        foreach (var group in planned.InstanceGroups) planner.CreateInstanceGroup(group);
        if (key is { } publicKey) planner.AddSshKey(publicKey);
        if (run.Flags.IsOn("dry-run"))
        {
            Show(run, planned.Cluster, planned.InstanceGroups);
            return;
        }

        await run.ApplyAsync(planner.Build(), cancellationToken);
        ClusterTables.WriteClusters(run.Out, [planned.Cluster]);
        run.Out.WriteLine();
        ClusterTables.WriteInstanceGroups(run.Out, planned.Cluster, planned.InstanceGroups);
        run.Out.WriteLine($"\nCluster {name} is described in {layout.Registry}.");
        if (!run.Flags.IsOn("yes")) WriteNextSteps(run, name, planned.InstanceGroups);
    }

    private static async Task MergeAsync(Invocation run, ClusterState state, ClusterFlags flags, ReadOnlyMemory<byte>? key, CancellationToken cancellationToken)
    {
        if (state.Unreadable.Count > 0) throw CommandException.Failed($"instance groups of cluster \"{state.Name}\" cannot be read; flags cannot be merged into it");
        var merged = ClusterMerger.Merge(state.Cluster.Value, [.. state.InstanceGroups.Select(group => group.Value)], flags);
        foreach (var warning in merged.Warnings) run.Error.WriteLine($"Warning: {warning}");
        await Validity.CheckAsync(run, state, merged.Cluster, merged.InstanceGroups, cancellationToken);
        var planner = run.Change(state).ReplaceCluster(state.Cluster, merged.Cluster);
        foreach (var (stored, group) in state.InstanceGroups.Zip(merged.InstanceGroups)) planner.ReplaceInstanceGroup(stored, group);
        if (key is { } publicKey) planner.AddSshKey(publicKey, await state.SshKeys.ListAsync(cancellationToken));
        var changes = planner.Build();
        var isDryRun = run.Flags.IsOn("dry-run");
        if (isDryRun && run.Flags.Text("output") is { Length: > 0 })
        {
            Show(run, merged.Cluster, merged.InstanceGroups);
            return;
        }

        if (changes.IsEmpty)
        {
            run.Out.WriteLine($"Cluster {state.Name} exists and is like that already: nothing to change.");
            return;
        }

        run.Out.WriteLine(isDryRun ? $"Cluster {state.Name} exists. Would change:" : $"Cluster {state.Name} exists. Changing:");
        ChangeText.Write(run, changes);
        if (isDryRun) run.Out.WriteLine("\nNothing was changed (--dry-run).");
        else await run.ApplyAsync(changes, cancellationToken);
        if (!isDryRun && !run.Flags.IsOn("yes")) run.Out.WriteLine($"\nTo apply this, run: kops update cluster --name {state.Name} --yes");
    }

    private static void Show(Invocation run, Cluster cluster, IReadOnlyList<InstanceGroup> groups)
    {
        var format = run.Flags.Text("output") switch
        {
            "yaml" or "" or null => OutputFormat.Yaml,
            "json" => OutputFormat.Json,
            var other => throw CommandException.Usage($"unknown output format '{other}': there are yaml and json"),
        };
        ObjectOutput.Write(run.Out, format, [cluster, .. groups.Select(group => ClusterAccess.Shown(group, cluster.Metadata.Name!))], []);
    }

    private static void WriteNextSteps(Invocation run, string name, IReadOnlyList<InstanceGroup> groups)
    {
        run.Out.WriteLine("\nNext:");
        run.Out.WriteLine($" * change it:              kops edit cluster {name}");
        foreach (var group in groups.DistinctBy(group => group.Spec.Role))
            run.Out.WriteLine($" * change a group:         kops edit ig --name {name} {group.Metadata.Name}");
        run.Out.WriteLine($" * apply it:               kops update cluster --name {name} --yes");
    }
}
