using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

/// <summary>The life of a cluster, command by command, in the default store.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    private string State => _desk.PathOf(".kops/state");

    [Fact]
    public async Task The_default_store_is_said_once_on_stderr()
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a");

        Assert.Single(run.Error.Split('\n'), line => line.Contains($"file://{State}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Creating_twice_with_the_same_flags_changes_nothing()
    {
        await _desk.CreateAsync(Name, "--node-size", "m4.large");
        var before = DeskClusters.Snapshot(State);

        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a,us-east-1b", "--node-size", "m4.large");

        Assert.Contains("nothing to change", run.Out, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(State));
    }

    [Fact]
    public async Task Creating_again_after_an_edit_leaves_the_edit_and_another_value_is_a_conflict()
    {
        await _desk.CreateAsync(Name, "--node-count", "3");
        await _desk.RunAsync("edit", "ig", "nodes-us-east-1a", "--name", Name, "--set", "spec.minSize=10", "--set", "spec.maxSize=10");
        var before = DeskClusters.Snapshot(State);
        string[] command = ["create", "cluster", Name, "--zones", "us-east-1a,us-east-1b", "--node-count"];

        var same = await _desk.RunAsync([.. command, "3"]);
        var other = await _desk.RunAsync([.. command, "6"]);

        Assert.Contains("nothing to change", same.Out, StringComparison.Ordinal);
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("it is 10", other.Error, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(State));
    }

    [Fact]
    public async Task A_flag_on_a_cluster_that_exists_changes_what_it_means_and_keeps_edits()
    {
        await _desk.CreateAsync(Name, "--node-size", "m4.large");
        await _desk.RunAsync("edit", "ig", "nodes-us-east-1a", "--name", Name, "--set", "spec.maxSize=7");

        var dry = await _desk.RunAsync("create", "cluster", Name, "--node-size", "m5.large", "--dry-run");
        var before = DeskClusters.Snapshot(State);
        var real = await _desk.RunAsync("create", "cluster", Name, "--node-size", "m5.large");
        var group = await _desk.RunAsync("get", "ig", "nodes-us-east-1a", "--name", Name, "-o", "yaml");

        Assert.Equal(Lines(dry), Lines(real));
        Assert.Contains("  spec.machineType: m4.large -> m5.large", Lines(dry)[1], StringComparison.Ordinal);
        Assert.DoesNotContain("m5.large", string.Concat(before.Values), StringComparison.Ordinal);
        Assert.Contains("machineType: m5.large", group.Out, StringComparison.Ordinal);
        Assert.Contains("maxSize: 7", group.Out, StringComparison.Ordinal);

        static string[] Lines(KopsRun run) => [.. run.Out.Split('\n').Where(line => line.StartsWith('~') || line.StartsWith(' '))];
    }

    [Theory]
    [InlineData("create", "cluster", "new.example.com", "--zones", "us-east-1a", "--dry-run")]
    [InlineData("create", "cluster", Name, "--node-size", "m5.large", "--dry-run", "-o", "yaml")]
    [InlineData("create", "ig", "more", "--name", Name, "--dry-run", "-o", "json")]
    [InlineData("update", "cluster", Name)]
    [InlineData("delete", "cluster", Name)]
    [InlineData("delete", "ig", "nodes-us-east-1a", "--name", Name)]
    [InlineData("get", "all", Name)]
    [InlineData("history")]
    public async Task What_only_shows_writes_nothing(params string[] arguments)
    {
        await _desk.CreateAsync();
        var before = DeskClusters.Snapshot(State);

        var run = await _desk.RunAsync(arguments);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEmpty(run.Out);
        Assert.Equal(before, DeskClusters.Snapshot(State));
    }

    [Fact]
    public async Task Update_writes_once_and_then_has_nothing_to_do()
    {
        var directory = await _desk.CreateAsync();

        var pending = await _desk.RunAsync("update", "cluster", Name, "--exit-code");
        var done = await _desk.RunAsync("update", "cluster", Name, "--yes");
        var after = DeskClusters.Snapshot(directory);
        var again = await _desk.RunAsync("update", "cluster", Name, "--yes");
        var settled = await _desk.RunAsync("update", "cluster", Name, "--exit-code");

        Assert.Equal(5, pending.ExitCode);
        Assert.Contains("cloud resources", done.Error, StringComparison.Ordinal);
        Assert.Contains("cluster-completed.spec", after.Keys);
        Assert.Contains("pki/private/kubernetes-ca/keyset.yaml", after.Keys);
        Assert.Equal($"The files of cluster {Name} are up to date\n", again.Out);
        Assert.Contains("cloud resources", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, settled.ExitCode);
        Assert.Equal(after, DeskClusters.Snapshot(directory));
    }

    [Fact]
    public async Task A_change_is_in_the_history_and_can_be_taken_back()
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");

        var history = await _desk.RunAsync("history", Name);
        var id = history.Out.Split('\n')[1].Split('\t')[0];
        var shown = await _desk.RunAsync("history", "show", id);
        var preview = await _desk.RunAsync("undo", id);
        var undone = await _desk.RunAsync("undo", id, "--yes");
        var cluster = await _desk.RunAsync("get", "cluster", Name, "-o", "yaml");

        Assert.Contains("edit cluster demo.example.com --set=spec.channel=alpha", history.Out, StringComparison.Ordinal);
        Assert.Contains("spec.channel: stable -> alpha", shown.Out, StringComparison.Ordinal);
        Assert.Contains("Must specify --yes", preview.Out, StringComparison.Ordinal);
        Assert.Equal(0, undone.ExitCode);
        Assert.Contains("channel: stable", cluster.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dockerconfig", "{\"auths\":{}}", "nonsense")]
    [InlineData("encryptionconfig", "kind: EncryptionConfig\n", "a: [")]
    [InlineData("ciliumpassword", "keys: 3 rfc4106(gcm(aes)) 00 128\n", "")]
    public async Task A_secret_is_taken_from_a_file_or_what_is_piped_in_and_checked(string kind, string value, string wrong)
    {
        await _desk.CreateAsync();

        var refused = await _desk.RunAsync(wrong, ["create", "secret", kind, Name, "-f", "-"]);
        var created = await _desk.RunAsync(value, ["create", "secret", kind, Name, "-f", "-"]);
        var shown = await _desk.RunAsync("get", "secret", kind, "--name", Name, "-o", "plaintext");
        var deleted = await _desk.RunAsync("delete", "secret", kind, "--name", Name);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("standard input", refused.Error, StringComparison.Ordinal);
        Assert.True(created.ExitCode == 0, created.Error);
        Assert.Equal(value + "\n", shown.Out);
        Assert.Equal($"Deleted secret: \"{kind}\"\n", deleted.Out);
    }

    [Fact]
    public async Task What_a_file_names_is_deleted()
    {
        await _desk.CreateAsync();
        var file = _desk.Write("group.yaml", (await _desk.RunAsync("get", "ig", "nodes-us-east-1b", "--name", Name, "-o", "yaml")).Out);
        var all = _desk.Write("all.yaml", (await _desk.RunAsync("get", "all", Name, "-o", "yaml")).Out);

        var preview = await _desk.RunAsync("delete", "-f", file);
        var group = await _desk.RunAsync("delete", "-f", file, "--yes");
        var groups = await _desk.RunAsync("get", "ig", "--name", Name);
        var cluster = await _desk.RunAsync("delete", "-f", all, "--yes");

        Assert.Contains("Must specify --yes", preview.Out, StringComparison.Ordinal);
        Assert.True(group.ExitCode == 0, group.Error);
        Assert.DoesNotContain("nodes-us-east-1b", groups.Out, StringComparison.Ordinal);
        Assert.True(cluster.ExitCode == 0, cluster.Error);
        Assert.Empty(DeskClusters.Snapshot(Path.Combine(State, Name)));
    }

    [Fact]
    public async Task Old_changes_are_taken_away_when_asked_and_the_rest_can_still_be_undone()
    {
        await _desk.CreateAsync();
        foreach (var channel in (string[])["alpha", "stable", "alpha"])
            await _desk.RunAsync("edit", "cluster", Name, "--set", $"spec.channel={channel}");
        foreach (var content in Directory.GetFiles(Path.Combine(State, ".kops/objects", Name)))
            File.SetLastWriteTimeUtc(content, DateTime.UtcNow.AddHours(-2));
        var before = DeskClusters.Snapshot(State);

        var unsaid = await _desk.RunAsync("history", "prune");
        var preview = await _desk.RunAsync("history", "prune", "--keep", "1");
        var unchanged = DeskClusters.Snapshot(State);
        var pruned = await _desk.RunAsync("history", "prune", Name, "--keep", "1", "--yes");
        var again = await _desk.RunAsync("history", "prune", "--keep", "1", "--yes");
        var history = await _desk.RunAsync("history");
        var undone = await _desk.RunAsync("undo", history.Out.Split('\n')[1].Split('\t')[0], "--yes");

        Assert.Equal(2, unsaid.ExitCode);
        Assert.Contains($"- {Name}: 3 changes, up to ", preview.Out, StringComparison.Ordinal);
        Assert.Equal(before, unchanged);
        Assert.Equal(0, pruned.ExitCode);
        Assert.Equal("Nothing to take away.\n", again.Out);
        Assert.Equal(3, history.Out.Split('\n').Length);
        Assert.True(undone.ExitCode == 0, undone.Error);
    }

    [Fact]
    public async Task The_version_that_updated_a_cluster_last_is_told()
    {
        await _desk.CreateAsync();
        var before = await _desk.RunAsync("version", "--server", "--name", Name);
        await _desk.RunAsync("update", "cluster", Name, "--yes");
        var after = await _desk.RunAsync("version", "--server", "--name", Name);

        Assert.EndsWith($"Cluster {Name} was never updated\n", before.Out, StringComparison.Ordinal);
        Assert.EndsWith($"Last applied server version: {Kops.Model.Versions.Kops}\n", after.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_a_cluster_whose_store_was_moved_says_which_files_are_used()
    {
        await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", Name, "--yes");
        Directory.Move(State, _desk.PathOf("moved"));

        var looked = await _desk.RunAsync("get", "keypairs", "--name", Name, "--state", _desk.PathOf("moved"));
        var changed = await _desk.RunAsync("create", "keypair", "kubernetes-ca", "--name", Name, "--state", _desk.PathOf("moved"));

        Assert.Equal((0, string.Empty), (looked.ExitCode, looked.Error));
        Assert.Contains("spec.configBase of cluster \"demo.example.com\" names another place", changed.Error, StringComparison.Ordinal);
        Assert.Contains($"--set spec.configBase={_desk.PathOf("moved")}/{Name}'", changed.Error, StringComparison.Ordinal);
        Assert.Equal(0, changed.ExitCode);
    }

    [Fact]
    public async Task Fields_of_a_newer_kOps_in_a_file_are_refused_and_with_a_flag_kept()
    {
        await _desk.CreateAsync();
        var yaml = (await _desk.RunAsync("get", "cluster", Name, "-o", "yaml")).Out.Replace(
            "spec:\n",
            "spec:\n  brandNew:\n    depth: 3\n",
            StringComparison.Ordinal
        );
        var file = _desk.Write("newer.yaml", yaml);
        var fresh = _desk.Write("fresh.yaml", yaml.Replace(Name, "fresh.example.com", StringComparison.Ordinal));

        var refused = await _desk.RunAsync("replace", "-f", file);
        var replaced = await _desk.RunAsync("replace", "-f", file, "--allow-unknown-fields");
        var created = await _desk.RunAsync("create", "-f", fresh, "--allow-unknown-fields");
        var blocked = await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        var edited = await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha", "--allow-unknown-fields");
        var shown = await _desk.RunAsync("get", "cluster", Name, "fresh.example.com", "-o", "yaml");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("spec.brandNew: no such field", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-unknown-fields", refused.Error, StringComparison.Ordinal);
        Assert.True(replaced.ExitCode == 0, replaced.Error);
        Assert.Contains("spec.brandNew is kept", replaced.Error, StringComparison.Ordinal);
        Assert.True(created.ExitCode == 0, created.Error);
        Assert.Equal(1, blocked.ExitCode);
        Assert.Contains("--allow-unknown-fields", blocked.Error, StringComparison.Ordinal);
        Assert.True(edited.ExitCode == 0, edited.Error);
        Assert.Equal(2, shown.Out.Split("  brandNew:\n    depth: 3\n").Length - 1);
    }

    [Fact]
    public async Task A_deleted_cluster_leaves_nothing_but_its_history()
    {
        var directory = await _desk.CreateAsync();
        await _desk.RunAsync("update", "cluster", Name, "--yes");

        var run = await _desk.RunAsync("delete", "cluster", Name, "--yes", "--unregister");

        Assert.Equal("Deleted cluster: \"demo.example.com\"\n", run.Out);
        Assert.Empty(DeskClusters.Snapshot(directory));
        Assert.Equal(4, (await _desk.RunAsync("get", "clusters")).ExitCode);
        Assert.Contains("delete cluster", (await _desk.RunAsync("history")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_kops_deployed_is_not_deleted_by_chance()
    {
        var store = Fixtures.CopyStore(_desk);
        var before = DeskClusters.Snapshot(store);

        var refused = await _desk.RunAsync("delete", "cluster", Fixtures.Cluster, "--yes", "--state", store);
        var unchanged = DeskClusters.Snapshot(store);
        var deleted = await _desk.RunAsync("delete", "cluster", Fixtures.Cluster, "--yes", "--unregister", "--state", store);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--unregister", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, unchanged);
        Assert.Equal(0, deleted.ExitCode);
    }

    [Fact]
    public async Task Groups_secrets_and_keys_come_and_go()
    {
        await _desk.CreateAsync();
        _desk.Write("key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEiSzr+uO5Nps93CpLxZFSix8X8hpYGZaPnBaxbc+xf/ me@here\n");
        _desk.Write("docker.json", "{\"auths\":{}}");
        async Task<KopsRun> Done(params string[] arguments)
        {
            var run = await _desk.RunAsync([.. arguments, "--name", Name]);
            Assert.True(run.ExitCode == 0, run.Error);
            return run;
        }

        await Done("create", "ig", "batch", "--subnet", "us-east-1a", "--edit=false");
        await Done("create", "sshpublickey", "-i", _desk.PathOf("key.pub"));
        await Done("create", "secret", "dockerconfig", "-f", _desk.PathOf("docker.json"));
        Assert.Equal(3, (await _desk.RunAsync("create", "secret", "dockerconfig", Name, "-f", _desk.PathOf("docker.json"))).ExitCode);
        await Done("create", "secret", "dockerconfig", "-f", _desk.PathOf("docker.json"), "--force");
        Assert.Contains("batch", (await Done("get", "ig")).Out, StringComparison.Ordinal);
        Assert.Equal("ID\nf7:2f:cf:c4:1c:d9:16:e5:1d:be:df:6a:ff:94:49:87\n", (await Done("get", "ssh")).Out);
        Assert.Equal("{\"auths\":{}}\n", (await Done("get", "secret", "dockerconfig", "-o", "plaintext")).Out);
        await Done("delete", "ig", "batch", "--yes");
        await Done("delete", "secret", "dockerconfig");
        await Done("delete", "sshpublickey");

        Assert.DoesNotContain("batch", (await Done("get", "ig")).Out, StringComparison.Ordinal);
        Assert.Equal(4, (await _desk.RunAsync("get", "secrets", "--name", Name)).ExitCode);
        Assert.Equal(4, (await _desk.RunAsync("get", "ssh", Name)).ExitCode);
    }

    [Fact]
    public async Task The_only_group_of_the_control_plane_is_not_deleted()
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("delete", "ig", "control-plane-us-east-1a", "--name", Name, "--yes");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("would have no control plane", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replace_takes_what_get_printed_and_creates_only_when_forced()
    {
        await _desk.CreateAsync();
        var all = (await _desk.RunAsync("get", "all", Name, "-o", "yaml")).Out;
        var same = await _desk.RunAsync(all, ["replace", "-f", "-"]);
        var edited = await _desk.RunAsync(
            all.Replace("channel: stable", "channel: alpha", StringComparison.Ordinal),
            ["replace", "-f", "-"]
        );
        var elsewhere = await _desk.RunAsync(all, ["replace", "-f", "-", "--state", _desk.PathOf("other")]);
        var forced = await _desk.RunAsync(all, ["replace", "-f", "-", "--force", "--state", _desk.PathOf("other")]);

        Assert.Contains("No changes", same.Out, StringComparison.Ordinal);
        Assert.Contains($"Replaced cluster/{Name}", edited.Out, StringComparison.Ordinal);
        Assert.Equal(4, elsewhere.ExitCode);
        Assert.True(forced.ExitCode == 0, forced.Error);
        Assert.Equal(all, (await _desk.RunAsync("get", "all", Name, "-o", "yaml", "--state", _desk.PathOf("other"))).Out);
    }

    public void Dispose() => _desk.Dispose();
}
