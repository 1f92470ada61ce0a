using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.StateStore.Tests;

/// <summary>The example of docs/library.md, run: the page holds the lines between the marks.</summary>
public sealed class LibraryExampleTests
{
    [Fact]
    public async Task The_example_of_the_documentation_changes_a_cluster()
    {
        var output = new StringWriter();

        // <example>
        await using var stores = new StoreRegistry().AddStandardStores(TimeProvider.System, Environment.CurrentDirectory);
        var author = new ChangeAuthor("ada", "lab", "nightly job", "my-tool 1.0");
        var state = new ClusterStore(stores.Resolve("memfs://state"), stores, TimeProvider.System, author);

        // Create.
        var cluster = new Api.Cluster();
        cluster.Metadata.Name = "demo.example.com";
        cluster.Spec.CloudProvider = "aws";
        cluster.Spec.KubernetesVersion = "1.36.3";
        cluster.Spec.NetworkCIDR = "172.20.0.0/16";
        cluster.Spec.NonMasqueradeCIDR = "100.64.0.0/10";
        cluster.Spec.Subnets.Add(
            new Api.ClusterSubnetSpec
            {
                Name = "us-east-1a",
                Zone = "us-east-1a",
                Type = "Public",
            }
        );
        var etcd = new Api.EtcdClusterSpec { Name = "main" };
        etcd.EtcdMembers.Add(new Api.EtcdMemberSpec { Name = "a", InstanceGroup = "control-plane-us-east-1a" });
        cluster.Spec.EtcdClusters.Add(etcd);
        var layout = state.LayoutOf("demo.example.com", cluster);
        var made = await state.ApplyAsync(state.Change(layout, "create").CreateCluster(cluster).Build());
        output.WriteLine(made is ApplyResult.Applied ? "made" : "somebody has made one of that name"); // made

        // Read, change, write on condition that nobody else has written.
        var read = (await state.ReadAsync("demo.example.com"))!;
        var changed = read.Cluster.Copy();
        changed.Spec.KubernetesVersion = "1.36.4";
        var result = await state.ApplyAsync(state.Change(read, "raise the version").ReplaceCluster(read.Cluster, changed).Build());
        output.WriteLine(result is ApplyResult.Applied ? "done" : "somebody else was first");
        // </example>

        Assert.Equal("made\ndone", output.ToString().Trim());
        Assert.Equal("1.36.4", (await state.ReadAsync("demo.example.com"))!.Cluster.Value.Spec.KubernetesVersion);
    }

    [Fact]
    public void The_page_shows_what_is_run()
    {
        var root = FindRoot();
        var page = File.ReadAllText(Path.Combine(root, "docs", "library.md"));
        var source = File.ReadAllText(Path.Combine(root, "tests", "Kops.StateStore.Tests", "LibraryExampleTests.cs"));
        var example = source.Split("// <example>")[1].Split("// </example>")[0];

        foreach (var line in example.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            Assert.Contains(line, page, StringComparison.Ordinal);
    }

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
