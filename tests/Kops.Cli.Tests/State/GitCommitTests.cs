using System.Diagnostics;
using Kops.Cli.Git;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.State;

/// <summary>A store in a git work tree whose profile says <c>git: true</c>.</summary>
public sealed class GitCommitTests : IDisposable
{
    private const string Name = DeskClusters.Name;
    private readonly Desk _desk = new();

    public GitCommitTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "git is not installed");
        _desk.Write(".kops/config", $"stores:\n  file://{Store}:\n    git: true\n");
    }

    private string Store => _desk.PathOf(".kops/state");

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Each_change_is_a_commit_with_the_command_as_its_message_and_keys_are_in_none()
    {
        await InitAsync();
        await _desk.CreateAsync();
        await RunAsync("update", "cluster", Name, "--yes");
        await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        await RunAsync("delete", "ig", "nodes-us-east-1b", "--name", Name, "--unregister", "--yes");
        var id = (await RunAsync("history")).Out.Split('\n')[1].Split('\t')[0];
        await RunAsync("undo", id, "--yes");

        Assert.Equal(
            [
                $"kops undo {id} --yes",
                $"kops delete instancegroup nodes-us-east-1b --yes --unregister",
                "kops edit cluster demo.example.com --set=spec.channel=alpha",
                "kops update cluster demo.example.com --yes",
                "kops create cluster demo.example.com --zones=us-east-1a,us-east-1b",
            ],
            (await GitAsync("log --format=%s")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Contains($"Change: {id}", await GitAsync("log -1 --skip=1 --format=%b"), StringComparison.Ordinal);
        var files = await GitAsync("log --name-only --format=");
        Assert.Contains($"{Name}/instancegroup/nodes-us-east-1b\n", files, StringComparison.Ordinal);
        Assert.Contains($"{Name}/cluster-completed.spec\n", files, StringComparison.Ordinal);
        foreach (var secret in (string[])["private", "secrets/", ".kops/"])
            Assert.DoesNotContain(secret, files, StringComparison.Ordinal);
        Assert.Empty(await GitAsync($"diff --name-only HEAD -- {Name}/config {Name}/instancegroup"));
    }

    [Fact]
    public async Task What_somebody_has_staged_stays_staged_and_is_in_no_commit_of_ours()
    {
        await InitAsync();
        await _desk.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(Store, "notes"), "mine", TestContext.Current.CancellationToken);
        await GitAsync("add notes");

        await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");

        Assert.Equal("A  notes\n", await GitAsync("status --porcelain -- notes"));
        Assert.Equal($"{Name}/config\n", await GitAsync("log -1 --name-only --format="));
    }

    [Fact]
    public async Task Where_nothing_can_be_committed_the_change_is_made_and_the_reason_is_said()
    {
        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            $"Warning: the change is made, but not committed to git: {Store} lies in no git work tree; 'git init {Store}' makes one",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(Path.Combine(Store, Name, "config")));

        // It is in the next commit of the same file.
        await InitAsync();
        await RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha");
        Assert.Equal($"{Name}/config\n", await GitAsync("log --name-only --format="));
    }

    [Fact]
    public async Task Variables_that_name_another_repository_lead_no_commit_there()
    {
        await InitAsync();
        var other = _desk.PathOf("other");
        Directory.CreateDirectory(other);
        await GitAsync($"init -q {other}");
        _desk.Environment["GIT_DIR"] = Path.Combine(other, ".git");
        _desk.Environment["GIT_WORK_TREE"] = other;
        _desk.Environment["GIT_INDEX_FILE"] = Path.Combine(other, ".git/index");
        _desk.Environment["GIT_OBJECT_DIRECTORY"] = Path.Combine(other, ".git/objects");
        _desk.Environment["GIT_AUTHOR_NAME"] = "somebody";

        await _desk.CreateAsync();

        Assert.Equal("somebody\n", await GitAsync("log --format=%an"));
        Assert.Empty(Directory.GetFiles(Path.Combine(other, ".git/objects"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_hook_that_hangs_is_stopped_and_the_change_is_made()
    {
        await InitAsync();
        var hook = _desk.Write(".kops/state/.git/hooks/pre-commit", "#!/bin/sh\nsleep 100000\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _desk.Time = new HurriedTime(GitCommits.Limit);

        var run = await _desk.RunAsync("create", "cluster", Name, "--zones", "us-east-1a");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("the change is made, but not committed to git: 'git ", run.Error, StringComparison.Ordinal);
        Assert.Contains("did not end within 60 s", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Store, Name, "config")));
    }

    [Theory]
    [InlineData("file:///srv/x:\n    git: perhaps", "git", 0)]
    [InlineData("s3://bucket:\n    git: true", "stores.s3://bucket.git: is not known", 1)]
    [InlineData("file:///srv/x:\n    endpoint: https://example.com", "is not known; known here are git", 1)]
    public async Task Profiles_say_what_is_known_of_their_kind_of_store(string profile, string problem, int code)
    {
        _desk.Write(".kops/config", $"stores:\n  {profile}\n");

        var run = await _desk.RunAsync("edit", "cluster", Name, "--set", "spec.channel=alpha", "--state", "s3://bucket");

        if (code != 0)
            Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, run.ExitCode);
    }

    /// <summary>A clock on which one span of time passes quickly.</summary>
    private sealed class HurriedTime(TimeSpan span) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == span ? TimeSpan.FromSeconds(3) : dueTime, period);
    }

    private async Task InitAsync()
    {
        Directory.CreateDirectory(Store);
        await GitAsync("init -q -b main");
        await GitAsync("config user.email a@example.com");
        await GitAsync("config user.name A");
    }

    private async Task<string> GitAsync(string arguments)
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", arguments.Split(' '))
            {
                WorkingDirectory = Store,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var (output, error) = (
            git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(git.ExitCode == 0, await error);
        return await output;
    }

    private async Task<KopsRun> RunAsync(params string[] arguments)
    {
        var run = await _desk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
        Assert.DoesNotContain("not committed", run.Error, StringComparison.Ordinal);
        return run;
    }
}
