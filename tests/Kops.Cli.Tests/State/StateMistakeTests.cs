using System.Text.Json;
using Kops.Cli.Hosting;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>What people type wrong, and what stands in their way.</summary>
public sealed class StateMistakeTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_cluster_that_has_moved_is_shown_with_a_note_and_once_finished_its_new_place_is_named()
    {
        await _desk.CreateAsync();
        var @new = _desk.PathOf("new");
        await DoneAsync("state", "move", Name, "--to", @new, "--yes");
        foreach (
            var command in (string[][])
                [
                    ["get", "clusters"],
                    ["get", "cluster", Name, "-o", "json"],
                    ["get", "all", "--name", Name],
                    ["get", "ig", "--name", Name],
                ]
        )
        {
            var run = await DoneAsync(command);
            Assert.Contains($"Note: cluster \"{Name}\" has moved to {@new}, and is changed there", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("moved", run.Out, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("moved", (await DoneAsync("get", "clusters", "--state", @new)).Error, StringComparison.Ordinal);
        await DoneAsync("state", "move", Name, "--finish", "--yes");
        var gone = await _desk.RunAsync("get", "cluster", Name);
        Assert.Equal(ExitCode.NotFound, gone.ExitCode);
        Assert.EndsWith($": it has moved to {@new}; use --state {@new}\n", gone.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Note:",
            (await _desk.RunAsync("get", "clusters")).Error.Replace("Using the state store", string.Empty, StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_move_tells_programs_what_it_would_do_and_did()
    {
        await _desk.CreateAsync();
        var @new = _desk.PathOf("new");
        var plan = await JsonAsync("state", "move", Name, "--to", @new, "-o", "json");
        Assert.Equal(
            (Name, @new, "planned"),
            (plan.GetProperty("cluster").GetString(), plan.GetProperty("to").GetString(), plan.GetProperty("status").GetString())
        );
        Assert.Equal($"{@new}/{Name}", plan.GetProperty("places")[0].GetProperty("after").GetString());
        Assert.False(Directory.Exists(@new));

        var done = await JsonAsync("state", "move", Name, "--to", @new, "--yes", "-o", "json");
        Assert.Equal(
            ("moved", plan.GetProperty("files").GetInt64()),
            (done.GetProperty("status").GetString(), done.GetProperty("verified").GetInt64())
        );
        Assert.Equal("moved", (await JsonAsync("state", "move", "--all", "--to", @new, "-o", "json")).GetProperty("status").GetString());
        Assert.Equal(1, (await JsonAsync("state", "move", Name, "--finish", "-o", "json")).GetProperty("removes").GetArrayLength());
        Assert.Equal(
            plan.GetProperty("files").GetInt64(),
            (await JsonAsync("state", "move", Name, "--finish", "--yes", "-o", "json")).GetProperty("removed").GetInt64()
        );
    }

    [Fact]
    public async Task Names_that_would_end_a_line_or_command_a_terminal_are_shown_by_their_codes()
    {
        _desk.Write("odd/a\nb", "1");
        _desk.Write("odd/\e[31mred", "2");
        _desk.Write("odd/back\\slash", "3");
        var odd = _desk.PathOf("odd");
        Assert.Equal("\\x1b[31mred\na\\x0ab\nback\\slash\n", (await DoneAsync("state", "ls", odd)).Out);
        Assert.DoesNotContain('\e', (await DoneAsync("state", "du", odd)).Out);
        Assert.DoesNotContain('\e', (await DoneAsync("state", "copy", odd, _desk.PathOf("copy"), "--dry-run")).Out);
        Assert.DoesNotContain('\e', (await _desk.RunAsync("state", "verify", odd, _desk.PathOf("copy"))).Out);

        // As sha256sum writes them, and reads them with -c.
        var hashes = (await DoneAsync("state", "hash", odd)).Out.TrimEnd().Split('\n');
        Assert.Equal(@"\6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a\nb", hashes[1]);
        Assert.Equal(@"\4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce  back\\slash", hashes[2]);
    }

    [Fact]
    public async Task One_record_that_is_none_hides_no_other_change_and_keeps_nobody_from_pruning()
    {
        await DoneAsync("create", "cluster", "a.example.com", "--cloud", "aws", "--zones", "us-east-1a");
        await DoneAsync("create", "cluster", "b.example.com", "--cloud", "aws", "--zones", "us-east-1a");
        await DoneAsync("edit", "cluster", "b.example.com", "--set", "spec.channel=alpha");
        _desk.Write(".kops/state/.kops/history/a.example.com/999999990-20261122T120000Z-01234567.json", "{\"format\": 2}");

        var history = await _desk.RunAsync("history");
        var prune = await _desk.RunAsync("history", "prune", "--keep", "1", "--yes");

        Assert.Equal((0, 0), (history.ExitCode, prune.ExitCode));
        Assert.Contains("create cluster a.example.com", history.Out, StringComparison.Ordinal);
        Assert.Contains("edit cluster b.example.com", history.Out, StringComparison.Ordinal);
        Assert.Contains("- b.example.com: 1 change", prune.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("a.example.com", prune.Out, StringComparison.Ordinal);
        Assert.All([history, prune], run => Assert.Contains("Warning: ", run.Error, StringComparison.Ordinal));
        Assert.All([history, prune], run => Assert.Contains("01234567", run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_of_a_terrible_name_is_named_plainly_and_keeps_nobody_from_deleting_another_cluster()
    {
        await DoneAsync("create", "cluster", "b.example.com", "--cloud", "aws", "--zones", "us-east-1a");
        _desk.Write(".kops/state/e\u001b[2J.example.com/config", "junk");

        var get = await _desk.RunAsync("get", "clusters");
        var delete = await _desk.RunAsync("delete", "cluster", "b.example.com", "--yes");

        Assert.DoesNotContain("\u001b[2J", get.Error + get.Out, StringComparison.Ordinal);
        Assert.Contains("cannot be read", get.Error, StringComparison.Ordinal);
        Assert.True(delete.ExitCode == 0, delete.Error);
    }

    [Fact]
    public async Task Two_files_are_compared_as_two_trees_are()
    {
        foreach (var (name, text) in new[] { ("a/x", "1"), ("b/x", "1"), ("b/y", "2") })
            _desk.Write(name, text);
        var (a, b, other) = (_desk.PathOf("a/x"), _desk.PathOf("b/x"), _desk.PathOf("b/y"));
        Assert.Equal("1 file (1 B) agree, 0 differ.\n", (await DoneAsync("state", "verify", a, b)).Out);
        Assert.Equal(
            (6, "~ x\n0 files (0 B) agree, 1 differs.\n"),
            await _desk.RunAsync("state", "verify", a, other) is var run ? (run.ExitCode, run.Out) : default
        );
        Assert.Equal(ExitCode.NotFound, (await _desk.RunAsync("state", "verify", _desk.PathOf("none"), a)).ExitCode);
    }

    [Theory]
    [InlineData(2, "needs FROM TO", "copy")]
    [InlineData(2, "needs A B", "verify", "x")]
    [InlineData(4, "nothing stands at ./nope", "ls", "./nope")]
    [InlineData(4, "nothing stands at ./nope", "du", "./nope")]
    [InlineData(4, "nothing stands at ./nope", "hash", "./nope")]
    [InlineData(4, $"is a directory: name a file in it, such as", "cat", Name)]
    [InlineData(2, "is a directory: name the file to write", "export", Name, "-o", "/tmp")]
    [InlineData(2, "there is no directory /nowhere", "export", Name, "-o", "/nowhere/bundle.tar.zst")]
    [InlineData(2, "is not a cluster name: '*'", "policy", "--state", "s3://state", "--cluster", "*")]
    [InlineData(2, "is not a cluster name: '?'", "policy", "--state", "gs://state", "--cluster", "demo?example.com")]
    [InlineData(2, "is not a cluster name: '''", "policy", "--state", "gs://state", "--cluster", "x' || true || '")]
    [InlineData(2, "is not a cluster name: '$'", "policy", "--state", "s3://state", "--cluster", "${aws:username}")]
    [InlineData(2, "is not the ARN of a role", "check", "--principal", "arn:aws:iam::123456789012:user/alice")]
    [InlineData(2, "is on no service that knows roles of AWS", "check", "--principal", "arn:aws:iam::123456789012:role/ci")]
    [InlineData(1, "is a directory; name the file in it", "ls", "--config", "/tmp")]
    [InlineData(2, "--state: 's3:b' lacks the '://' after its scheme: write s3://b", "ls", "--state", "s3:b")]
    [InlineData(2, "write file:///srv/x", "ls", "--state", "file:/srv/x")]
    [InlineData(2, "names a variable", "ls", "--state", "$HOME/x")]
    [InlineData(2, "write s3://b.c for a bucket, or ./b.c for a directory; no profile has that name", "ls", "--state", "b.c")]
    [InlineData(2, "--state: the address holds a password", "ls", "--state", "sftp://u:HUSH@127.0.0.1:1/x", "-v", "9")]
    [InlineData(2, "is a page of the web", "ls", "--state", "https://example.com/state")]
    [InlineData(2, "--principal is empty", "policy", "--state", "s3://state", "--principal", "")]
    public async Task A_mistake_is_named_with_the_cure(int code, string message, params string[] command)
    {
        await _desk.CreateAsync();

        var run = await _desk.RunAsync(["state", .. command]);

        Assert.Equal((code, string.Empty), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("HUSH", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_of_a_cluster_that_is_there_can_be_checked()
    {
        await _desk.CreateAsync();
        var bundle = _desk.PathOf("bundle.tar.zst");
        await DoneAsync("state", "export", Name, "-o", bundle);

        var check = await DoneAsync("state", "import", bundle, "--dry-run");
        Assert.Contains("is whole", check.Out, StringComparison.Ordinal);
        Assert.Contains("Note: cluster \"demo.example.com\" is in", check.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Conflict, (await _desk.RunAsync("state", "import", bundle)).ExitCode);
    }

    [Theory]
    [InlineData(">&-")]
    [InlineData("> /dev/full")]
    public async Task An_output_that_cannot_be_written_is_an_error_and_no_crash(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux'");
        await _desk.CreateAsync();

        var run = await InShellAsync($"get clusters {redirection}");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("Error: cannot write the output: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    /// <summary>What is told there is lost, and nothing else: commands end as they would.</summary>
    [Theory]
    [InlineData("2>&-")]
    [InlineData("2> /dev/full")]
    [InlineData("2>&- > \"$HOME/output\"")]
    [InlineData("2>&- <&-")]
    [InlineData("2>&- >&-")]
    [InlineData("2> /dev/full > /dev/full")]
    public async Task Errors_that_nobody_can_be_told_change_no_exit_code(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux'");
        await _desk.CreateAsync();

        var unknown = await InShellAsync($"edit cluster no-such.example.com --set spec.channel=alpha {redirection}");
        var done = await InShellAsync($"edit cluster {Name} --set spec.channel=alpha {redirection}");

        Assert.Equal(ExitCode.NotFound, unknown.ExitCode);
        var isOutputLost =
            redirection.Contains(" >&-", StringComparison.Ordinal) || redirection.Contains(" > /dev", StringComparison.Ordinal);
        Assert.Equal(isOutputLost ? ExitCode.Failed : ExitCode.Done, done.ExitCode);
        Assert.Contains("channel: alpha", (await DoneAsync("get", "cluster", Name, "-o", "yaml")).Out, StringComparison.Ordinal);
        Assert.Empty(unknown.Error + done.Error);
    }

    private Task<KopsRun> InShellAsync(string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"exec \"$0\" {command}", NativeBinary.Built]);
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        return start.RunAsync();
    }

    private async Task<JsonElement> JsonAsync(params string[] command) => JsonDocument.Parse((await DoneAsync(command)).Out).RootElement;

    private async Task<KopsRun> DoneAsync(params string[] command)
    {
        var run = await _desk.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"kops {string.Join(' ', command)}: {run.Error}{run.Out}");
        return run;
    }
}
