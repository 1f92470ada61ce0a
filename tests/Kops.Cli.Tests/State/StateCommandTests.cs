using System.Text.Json;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

public sealed class StateCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Ls_shows_what_stands_directly_in_a_place_or_everything_below_it()
    {
        Trees();
        Assert.Equal("a\nsub/\n", (await _desk.RunAsync("state", "ls", _desk.PathOf("one"))).Out);
        Assert.Equal("a\nsub/b\nsub/c\n", (await _desk.RunAsync("state", "ls", _desk.PathOf("one"), "--recursive")).Out);
        var row = JsonDocument.Parse((await _desk.RunAsync("state", "ls", _desk.PathOf("one/sub/b"), "-o", "json")).Out).RootElement;
        Assert.Equal(("b", 3), (row.GetProperty("name").GetString(), row.GetProperty("bytes").GetInt32()));
    }

    [Fact]
    public async Task Places_without_a_scheme_are_below_the_state_store()
    {
        await _desk.CreateAsync();
        Assert.Contains(
            "kind: Cluster",
            (await _desk.RunAsync("state", "cat", $"{DeskClusters.Name}/config")).Out,
            StringComparison.Ordinal
        );
        Assert.Equal($".kops/\n{DeskClusters.Name}/\n", (await _desk.RunAsync("state", "ls")).Out);
        Assert.Equal(4, (await _desk.RunAsync("state", "ls", "nothing")).ExitCode);
        Assert.Equal(4, (await _desk.RunAsync("state", "cat", "nothing")).ExitCode);
    }

    [Fact]
    public async Task Du_sums_what_is_below_each_directory()
    {
        Trees();
        Assert.Equal(
            ["FILES\tBYTES\tSIZE\tNAME", "1\t1\t1 B\ta", "2\t6\t6 B\tsub/", "3\t7\t7 B\ttotal"],
            (await _desk.RunAsync("state", "du", _desk.PathOf("one"))).Out.TrimEnd().Split('\n')
        );
    }

    [Fact]
    public async Task Hash_prints_what_sha256sum_would()
    {
        Trees();
        Assert.StartsWith(
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n",
            (await _desk.RunAsync("state", "hash", _desk.PathOf("one"))).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Sync_copies_what_differs_and_deletes_when_told()
    {
        Trees();
        _desk.Write("two/extra", "x");
        var (one, two) = (_desk.PathOf("one"), _desk.PathOf("two"));
        var dry = await _desk.RunAsync("state", "sync", one, two, "--delete", "--dry-run");
        Assert.Equal(
            ["+ a", "+ sub/b", "+ sub/c", "- extra", "Would copy 3 files (7 B), would delete 1; 0 files unchanged."],
            dry.Out.TrimEnd().Split('\n').OrderBy(line => line[0] == 'W').ThenBy(line => line, StringComparer.Ordinal)
        );
        Assert.Equal(["extra"], DeskClusters.Snapshot(two).Keys);

        Assert.Equal(
            "Copied 3 files (7 B), deleted 1; 0 files unchanged.\n",
            (await _desk.RunAsync("state", "sync", one, two, "--delete")).Out
        );
        Assert.Equal(DeskClusters.Snapshot(one), DeskClusters.Snapshot(two));
        Assert.Equal(
            "Copied 0 files (0 B), deleted 0; 3 files unchanged.\n",
            (await _desk.RunAsync("state", "sync", one, two, "--delete", "--checksum")).Out
        );
        Assert.Equal((0, "3 files (7 B) agree, 0 differ.\n"), Ended(await _desk.RunAsync("state", "verify", one, two)));
    }

    [Fact]
    public async Task Verify_names_each_difference_and_says_so_by_its_exit_code()
    {
        Trees();
        var (one, two) = (_desk.PathOf("one"), _desk.PathOf("two"));
        _desk.Write("two/a", "b");
        _desk.Write("two/z", "z");
        Assert.Equal(
            (6, "~ a\n- sub/b\n- sub/c\n+ z\n0 files (0 B) agree, 4 differ.\n"),
            Ended(await _desk.RunAsync("state", "verify", one, two))
        );
        var rows = (await _desk.RunAsync("state", "verify", one, two, "-o", "json"))
            .Out.TrimEnd()
            .Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("difference").GetString());
        Assert.Equal(["content", "onlyFirst", "onlyFirst", "onlySecond"], rows);
    }

    [Fact]
    public async Task Copy_copies_one_file_too_and_gives_json()
    {
        Trees();
        var run = await _desk.RunAsync("state", "copy", _desk.PathOf("one/sub/b"), _desk.PathOf("three/"), "-o", "json");
        Assert.Equal(1, JsonDocument.Parse(run.Out).RootElement.GetProperty("copied").GetInt32());
        Assert.Equal("bbb", await File.ReadAllTextAsync(_desk.PathOf("three/b"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_empty_source_empties_no_target()
    {
        _desk.Write("two/a", "a");
        Assert.Equal(4, (await _desk.RunAsync("state", "sync", _desk.PathOf("none"), _desk.PathOf("two"), "--delete")).ExitCode);
        Assert.Single(DeskClusters.Snapshot(_desk.PathOf("two")));
        Assert.Equal(2, (await _desk.RunAsync("state", "sync", _desk.PathOf("two"), _desk.PathOf("two/inner"))).ExitCode);
    }

    [Fact]
    public async Task Five_manual_steps_and_one_command_end_with_the_same_bytes()
    {
        var cluster = DeskClusters.Name;
        var (old, byHand, byCommand) = (_desk.PathOf("old"), _desk.PathOf("new"), _desk.PathOf("kept"));
        await RunAsync("create", "cluster", cluster, "--zones", "us-east-1a", "--state", old);
        await RunAsync("update", "cluster", cluster, "--yes", "--state", old);

        // Copy with another tool, change the store, edit configBase, update, delete the old files.
        CopyDirectory(Path.Combine(old, cluster), Path.Combine(byHand, cluster));
        await RunAsync("edit", "cluster", cluster, "--state", byHand, "--set", $"spec.configBase={byHand}/{cluster}");
        await RunAsync("update", "cluster", cluster, "--yes", "--state", byHand);
        var expected = DeskClusters.Snapshot(Path.Combine(byHand, cluster));
        Directory.Move(byHand, byCommand);

        // The same store's name, by one command.
        await RunAsync("state", "move", cluster, "--state", old, "--to", byHand, "--yes");
        await RunAsync("update", "cluster", cluster, "--yes", "--state", byHand);
        Assert.Equal(expected, DeskClusters.Snapshot(Path.Combine(byHand, cluster)));
        Assert.All(expected.Values, text => Assert.DoesNotContain(old, text, StringComparison.Ordinal));

        await RunAsync("state", "move", cluster, "--state", old, "--finish", "--yes");
        Assert.Empty(DeskClusters.Snapshot(Path.Combine(old, cluster)));
    }

    [Fact]
    public async Task A_move_shows_its_plan_first_and_refuses_changes_at_the_old_place_afterwards()
    {
        await _desk.CreateAsync();
        var store = _desk.PathOf("new");
        var plan = await _desk.RunAsync("state", "move", DeskClusters.Name, "--to", store);
        Assert.Contains("Must specify --yes to move; nothing was changed.", plan.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"spec.configBase: {_desk.Home}",
            plan.Out.Replace("file://", string.Empty, StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(store));

        Assert.Equal(0, (await _desk.RunAsync("state", "move", "--all", "--to", store, "--yes")).ExitCode);
        Assert.Equal(
            "Cluster \"demo.example.com\" has moved already.\n",
            (await _desk.RunAsync("state", "move", "--all", "--to", store, "--yes")).Out
        );
        var edit = await _desk.RunAsync("edit", "cluster", DeskClusters.Name, "--set", "spec.channel=alpha");
        Assert.Equal(3, edit.ExitCode);
        Assert.Contains($"has moved to {store}: change it there", edit.Error, StringComparison.Ordinal);
        Assert.Equal(
            0,
            (await _desk.RunAsync("edit", "cluster", DeskClusters.Name, "--set", "spec.channel=alpha", "--state", store)).ExitCode
        );
        Assert.Equal(0, (await _desk.RunAsync("state", "move", "--all", "--finish", "--yes")).ExitCode);
        Assert.Equal([".kops/"], (await _desk.RunAsync("state", "ls")).Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_rename_is_refused_with_the_reason()
    {
        await _desk.CreateAsync();
        var run = await _desk.RunAsync("state", "move", DeskClusters.Name, "--to", _desk.PathOf("new"), "--rename", "other.example.com");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("in its certificates", run.Error, StringComparison.Ordinal);
    }

    private static (int, string) Ended(KopsRun run) => (run.ExitCode, run.Out);

    private static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void Trees()
    {
        _desk.Write("one/a", "a");
        _desk.Write("one/sub/b", "bbb");
        _desk.Write("one/sub/c", "ccc");
    }

    private async Task RunAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
    }
}
