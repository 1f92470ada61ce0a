using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>
/// Work on a store as kOps itself leaves it: each file stays as it was, to the byte, but for what was changed.
/// </summary>
public sealed class UpstreamStoreTests : IDisposable
{
    private readonly Desk _desk = new();

    [Theory]
    [InlineData(Fixtures.Cluster)]
    [InlineData("metal.example.com")]
    public async Task Looking_at_it_changes_nothing(string cluster)
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);

        string[][] commands =
        [
            ["state", "check"],
            ["get", "clusters"],
            ["get", "all", cluster, "-o", "yaml"],
            ["get", "ig", "--name", cluster, "-o", "json"],
            ["get", "sshpublickeys", cluster, "-o", "yaml"],
            ["edit", "cluster", cluster, "--set", $"spec.configBase=/srv/kops-state/{cluster}"],
            ["delete", "cluster", cluster, "--unregister"],
        ];
        foreach (var command in commands)
        {
            var run = await _desk.RunAsync([.. command, "--state", store]);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Error}{run.Out}");
        }

        Assert.Equal(before, Files(store));
    }

    [Theory]
    [InlineData("config", "edit", "cluster", Fixtures.Cluster, "--set", "spec.networkCIDR=172.20.0.0/16", "--set", "spec.sshKeyName=ada")]
    [InlineData("instancegroup/nodes-us-east-1a", "edit", "ig", "nodes-us-east-1a", "--set", "spec.maxSize=5")]
    public async Task An_edit_changes_its_lines_in_its_file_alone(string file, params string[] command)
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);
        string[] name = command.Contains(Fixtures.Cluster) ? [] : ["--name", Fixtures.Cluster];

        var run = await _desk.RunAsync([.. command, .. name, "--state", store]);

        Assert.True(run.ExitCode == 0, run.Error);
        var after = Files(store);
        var changed = Assert.Single(after.Keys, key => before[key] != after[key]);
        Assert.Equal($"{Fixtures.Cluster}/{file}", changed);
        var lines = after[changed].Split('\n').Except(before[changed].Split('\n')).ToArray();
        Assert.All(
            lines,
            line => Assert.Contains(line.Trim().Split(':')[0], (string[])["generation", "sshKeyName", "maxSize"], StringComparer.Ordinal)
        );
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_group_that_is_deleted_takes_its_file_along_and_no_other()
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);
        string[] command = ["delete", "ig", "nodes-us-east-1b", "--name", Fixtures.Cluster, "--state", store, "--yes"];

        var refused = await _desk.RunAsync(command);
        var done = await _desk.RunAsync([.. command, "--unregister"]);

        Assert.Equal((1, 0), (refused.ExitCode, done.ExitCode));
        Assert.Contains("was updated", refused.Error, StringComparison.Ordinal);
        before.Remove($"{Fixtures.Cluster}/instancegroup/nodes-us-east-1b");
        Assert.Equal(before, Files(store));
    }

    [Theory]
    [InlineData("ig", "nodes-us-east-1b")]
    [InlineData("cluster", Fixtures.Cluster)]
    public async Task What_a_file_names_is_deleted_with_unregister_alone(string kind, string name)
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);
        string[] of = kind == "ig" ? ["--name", Fixtures.Cluster] : [];
        var shown = await _desk.RunAsync(["get", kind, name, .. of, "-o", "yaml", "--state", store]);
        string[] command = ["delete", "-f", _desk.Write("doomed.yaml", shown.Out), "--state", store, "--yes"];

        var refused = await _desk.RunAsync(command);
        var unchanged = Files(store);
        var done = await _desk.RunAsync([.. command, "--unregister"]);

        Assert.Equal((1, 0), (refused.ExitCode, done.ExitCode));
        Assert.Contains("--unregister", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, unchanged);
        Assert.NotEqual(before, Files(store));
    }

    [Fact]
    public async Task An_update_never_says_that_nothing_is_to_be_done()
    {
        var store = Fixtures.CopyStore(_desk);
        string[] command = ["update", "cluster", Fixtures.Cluster, "--state", store];
        await _desk.RunAsync([
            "edit",
            "cluster",
            Fixtures.Cluster,
            "--set",
            $"spec.configBase={store}/{Fixtures.Cluster}",
            "--state",
            store,
        ]);

        var first = await _desk.RunAsync([.. command, "--yes"]);
        var settled = await _desk.RunAsync([.. command, "--exit-code"]);
        await _desk.RunAsync(["edit", "ig", "nodes-us-east-1a", "--name", Fixtures.Cluster, "--set", "spec.maxSize=5", "--state", store]);
        var edited = await _desk.RunAsync([.. command, "--exit-code"]);
        var done = await _desk.RunAsync([.. command, "--yes"]);
        var again = await _desk.RunAsync([.. command, "--exit-code"]);

        Assert.Equal((0, 0, 5, 0, 0), (first.ExitCode, settled.ExitCode, edited.ExitCode, done.ExitCode, again.ExitCode));
        Assert.Contains("not known", first.Out, StringComparison.Ordinal);
        Assert.Contains("spec.maxSize: 1 -> 5", edited.Out, StringComparison.Ordinal);
        Assert.All(
            [first, settled, edited, done, again],
            run =>
            {
                Assert.Contains(
                    "\n  cloud resources: --target terraform writes what makes them\n"
                        + "  the manifests of addons: those in the store are kept, since no source of kOps is named\n",
                    run.Error,
                    StringComparison.Ordinal
                );
                Assert.DoesNotContain("No changes", run.Out, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Programs_are_told_what_is_not_done_though_no_file_changes()
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--yes");

        var run = await _desk.RunAsync("update", "cluster", DeskClusters.Name, "--exit-code", "-o", "json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"notWritten\":[\"cloud resources: --target", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_is_deleted_leaves_the_other_as_it_is()
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);

        var run = await _desk.RunAsync("delete", "cluster", Fixtures.Cluster, "--unregister", "--yes", "--state", store);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(before.Where(file => !file.Key.StartsWith(Fixtures.Cluster, StringComparison.Ordinal)), Files(store));
    }

    [Fact]
    public async Task Flags_on_a_cluster_that_kOps_made_are_shown_and_taken_with_yes_alone()
    {
        var store = Fixtures.CopyStore(_desk);
        var before = Files(store);
        string[] command = ["create", "cluster", Fixtures.Cluster, "--node-size", "m5.large", "--state", store];

        var shown = await _desk.RunAsync(command);
        Assert.Equal(before, Files(store));
        var done = await _desk.RunAsync([.. command, "--yes", "--target", "direct"]);

        Assert.Contains("spec.machineType: m4.large -> m5.large", shown.Out, StringComparison.Ordinal);
        Assert.Contains("--yes goes on", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Changing:", done.Out, StringComparison.Ordinal);
        Assert.Contains(
            "machineType: m5.large",
            Files(store)[$"{Fixtures.Cluster}/instancegroup/nodes-us-east-1a"],
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _desk.Dispose();

    private static SortedDictionary<string, string> Files(string store) =>
        new(
            DeskClusters
                .Snapshot(store)
                .Where(file => !file.Key.StartsWith(".kops", StringComparison.Ordinal))
                .ToDictionary(file => file.Key, file => file.Value),
            StringComparer.Ordinal
        );
}
