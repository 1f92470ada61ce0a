using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests;

public sealed class EditTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    [Fact]
    public async Task What_is_saved_in_the_editor_is_stored_and_shown_as_a_difference()
    {
        var directory = await _desk.CreateAsync();
        _desk.UseEditor("sed -i 's/channel: stable/channel: alpha/' \"$1\"");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal("  spec.channel: stable -> alpha\n", run.Out);
        Assert.Contains(
            "channel: alpha",
            await File.ReadAllTextAsync(Path.Combine(directory, "config"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("KOPS_EDITOR")]
    [InlineData("KUBE_EDITOR")]
    public async Task The_editor_of_Kubernetes_comes_before_that_of_kops_and_both_before_the_editor_of_everything(string variable)
    {
        await _desk.CreateAsync();
        _desk.UseEditor("exit 9");
        _desk.Environment["KOPS_EDITOR"] = "exit 8;";
        _desk.Environment[variable] = "sed -i s/stable/alpha/";

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("  spec.channel: stable -> alpha\n", run.Out);
    }

    /// <summary>
    /// What is pending, the cluster and its groups are read. Then follow two contents, the record, whether the cluster has moved, the
    /// number of the change, the file, the record that it is done, the history, and the end of the record.
    /// </summary>
    [Fact]
    public async Task An_edit_costs_nine_requests_beside_what_is_read()
    {
        var groups = Directory.GetFiles(Path.Combine(await _desk.CreateAsync(), "instancegroup")).Length;

        var run = await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha", "-v", "4");

        string[] requests = [.. run.Error.Split('\n').Select(line => line.Split(' ')[0]).SkipWhile(word => word != "read")];
        Assert.Equal(["read", "read", "list", .. Enumerable.Repeat("read", groups), "list"], requests.TakeWhile(word => word != "put"));
        Assert.Equal(
            ["put", "put", "put", "read", "list", "put", "put", "put", "delete"],
            requests.SkipWhile(word => word != "put").Where(word => word is "put" or "read" or "list" or "delete")
        );
    }

    [Theory]
    [InlineData("true", "no changes were made")]
    [InlineData(": > \"$1\"", "the file was left empty")]
    public async Task An_edit_that_changes_nothing_says_so(string script, string message)
    {
        var before = DeskClusters.Snapshot(await _desk.CreateAsync());
        _desk.UseEditor(script);

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(message, run.Out, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf($".kops/state/{Name}")));
    }

    [Fact]
    public async Task An_invalid_edit_comes_back_with_the_reason_and_the_line_on_top()
    {
        await _desk.CreateAsync();
        // The first time it makes a mistake, the second time it keeps what it sees and mends it.
        _desk.UseEditor(
            """
            if [ -e "$HOME/seen" ]; then
                cp "$1" "$HOME/reopened"; sed -i 's/chanel: alpha/channel: alpha/' "$1"
            else
                touch "$HOME/seen"; sed -i 's/channel: stable/chanel: alpha/' "$1"
            fi
            """
        );

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal("  spec.channel: stable -> alpha\n", run.Out);
        var lines = await File.ReadAllLinesAsync(_desk.PathOf("reopened"), TestContext.Current.CancellationToken);
        var reason = Assert.Single(lines, line => line.StartsWith('#') && line.Contains("spec.chanel", StringComparison.Ordinal));
        var number = int.Parse(reason.Split("line ")[1].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("  chanel: alpha", lines[number - 1]);
    }

    [Fact]
    public async Task An_edit_that_is_given_up_is_kept_in_a_file_that_is_named()
    {
        var before = DeskClusters.Snapshot(await _desk.CreateAsync());
        _desk.UseEditor("sed -i 's/channel: stable/chanel: alpha/' \"$1\"");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("spec.chanel", run.Error, StringComparison.Ordinal);
        var kept = run.Error.Split("What you typed is in ")[1].Split('\n')[0];
        Assert.Contains(
            "chanel: alpha",
            await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        File.Delete(kept);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf($".kops/state/{Name}")));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("kill -INT $$")]
    [InlineData("kill -KILL $$")]
    public async Task What_was_typed_is_kept_when_the_editor_ends_badly(string end)
    {
        var before = DeskClusters.Snapshot(await _desk.CreateAsync());
        _desk.UseEditor($"sed -i 's/channel: stable/channel: alpha/' \"$1\"; {end}");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("channel: alpha", TakeKept(run), StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf($".kops/state/{Name}")));
    }

    [Fact]
    public async Task What_is_being_typed_is_kept_when_the_program_is_stopped()
    {
        await _desk.CreateAsync();
        using var stop = new CancellationTokenSource();
        _desk.UseEditor("touch \"$HOME/open\"; while [ ! -e \"$HOME/saved\" ]; do sleep 0.1; done; echo 'later' >> \"$1\"");
        var running = _desk.RunAsync(TextReader.Null, ["edit", "cluster", Name], stop.Token);
        while (!File.Exists(_desk.PathOf("open")))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        var run = await running;

        Assert.Equal(130, run.ExitCode);
        var kept = run.Error.Split("What you typed is in ")[1].Split('\n')[0];
        Assert.True(File.Exists(kept));
        _desk.Write("saved", string.Empty);
        while (!(await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).Contains("later", StringComparison.Ordinal))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        File.Delete(kept);
    }

    [Fact]
    public async Task An_editor_that_fails_before_anything_was_typed_leaves_nothing()
    {
        await _desk.CreateAsync();
        _desk.Environment["TMPDIR"] = Directory.CreateDirectory(_desk.PathOf("tmp")).FullName;
        _desk.UseEditor("exit 1");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.DoesNotContain("What you typed", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_desk.PathOf("tmp")));
    }

    [Fact]
    public async Task A_script_that_keeps_breaking_the_file_is_stopped()
    {
        await _desk.CreateAsync();
        _desk.UseEditor("echo again >> \"$HOME/rounds\"; printf '  wrong%s: 1\\n' $(wc -l < \"$HOME/rounds\") >> \"$1\"");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("was not valid 10 times", run.Error, StringComparison.Ordinal);
        Assert.Contains("wrong10: 1", TakeKept(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_stands_in_the_line_of_the_file_that_is_kept()
    {
        await _desk.CreateAsync();
        _desk.UseEditor("sed -i 's/channel: stable/chanel: alpha/' \"$1\"");

        var run = await _desk.RunAsync("edit", "cluster", Name);

        var error = run.Error.Split('\n').Single(line => line.Contains("spec.chanel", StringComparison.Ordinal));
        var (path, line) = (
            error["Error: ".Length..].Split(':')[0],
            int.Parse(error.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal("  chanel: alpha", TakeKept(run, path).Split('\n')[line - 1]);
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_made_is_said()
    {
        await _desk.CreateAsync();
        _desk.UseEditor("true");
        _desk.Environment["TMPDIR"] = "/proc/no-such-place";

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("TMPDIR names another directory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_made_meanwhile_is_a_conflict_that_shows_it_and_loses_nothing()
    {
        var directory = await _desk.CreateAsync();
        _desk.UseEditor(
            $"""
            sed -i 's/channel: stable/channel: alpha/' "$1"
            sed -i 's/kubernetesVersion: .*/kubernetesVersion: 1.35.0/' "{directory}/config"
            """
        );

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("-> 1.35.0", run.Error, StringComparison.Ordinal);
        var kept = run.Error.Split("What you typed is in ")[1].Split('\n')[0];
        Assert.Contains(
            "channel: alpha",
            await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        File.Delete(kept);
        Assert.Contains(
            "channel: stable",
            await File.ReadAllTextAsync(Path.Combine(directory, "config"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_script_in_a_group_keeps_its_comments_through_a_refused_edit()
    {
        await _desk.CreateAsync();
        _desk.UseEditor(
            """
            if [ -e "$HOME/seen" ]; then sed -i 's/maxsize:/maxSize:/' "$1"; exit; fi
            touch "$HOME/seen"
            sed -i 's/maxSize:/maxsize:/' "$1"
            printf '  additionalUserData:\n  - name: a.sh\n    type: text/x-shellscript\n' >> "$1"
            printf '    content: |\n      #!/bin/sh\n      # keep me\n' >> "$1"
            """
        );

        var run = await _desk.RunAsync("edit", "ig", "nodes-us-east-1a", "--name", Name);

        Assert.True(run.ExitCode == 0, run.Error);
        var shown = await _desk.RunAsync("get", "ig", "nodes-us-east-1a", "--name", Name, "-o", "yaml");
        Assert.Contains("      #!/bin/sh\n      # keep me\n", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_and_an_editor_the_way_out_is_named()
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync("edit", "cluster", Name);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--set", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec.channl=alpha", "did you mean")]
    [InlineData("spec.kubernetesVersion=1.2.3", "spec.kubernetesVersion")]
    [InlineData("spec.subnets[9].zone=x", "spec.subnets")]
    [InlineData("spec.networking.cni.usesSecondaryIP=perhaps", "true or false")]
    public async Task A_field_that_cannot_be_set_is_named_and_nothing_changes(string set, string message)
    {
        var before = DeskClusters.Snapshot(await _desk.CreateAsync());

        var run = await _desk.RunAsync("edit", "cluster", Name, "--set", set);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, DeskClusters.Snapshot(_desk.PathOf($".kops/state/{Name}")));
    }

    public void Dispose() => _desk.Dispose();

    /// <summary>The file that was kept; it is taken away.</summary>
    private static string TakeKept(KopsRun run, string? expected = null)
    {
        var path = run.Error.Split("What you typed is in ")[1].Split('\n')[0];
        Assert.Equal(expected ?? path, path);
        var text = File.ReadAllText(path);
        File.Delete(path);
        return text;
    }
}
