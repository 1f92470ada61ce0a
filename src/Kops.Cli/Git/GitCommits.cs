using System.ComponentModel;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Stores;
using Kops.StateStore.Changes;
using Kops.StateStore.Layout;

namespace Kops.Cli.Git;

/// <summary>
/// Commits each change of a store in a directory to git, where its profile asks for it. The change has been made by then: what goes wrong
/// here is a warning, and the next commit of the same file takes it along.
/// </summary>
internal static class GitCommits
{
    private const string Scheme = "file://";
    private const int Tries = 10;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    /// <summary>How long git may take: hooks are others' programs, and may hang.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>What git is told of by the environment; whatever else begins with GIT_ may name another repository.</summary>
    private static readonly string[] Kept =
    [
        "GIT_AUTHOR_",
        "GIT_COMMITTER_",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_SYSTEM",
        "GIT_CONFIG_NOSYSTEM",
    ];

    /// <summary>
    /// Commits the files of a change that was made, but for keys, secrets and what this program notes for itself; nothing where nobody
    /// asked for it.
    /// </summary>
    public static async Task CommitAsync(Invocation run, ChangeSet changes, string id)
    {
        if (!IsAsked(run))
            return;
        var root = Path.GetFullPath(run.State.Root.ToString());
        var paths = changes
            .Files.Where(file => file.Secrecy is FileSecrecy.Plain)
            .Select(file => file.Path.ToString())
            .Where(path => path.StartsWith(run.State.Root + "/", StringComparison.Ordinal))
            .Select(path => path[(run.State.Root.ToString().Length + 1)..])
            .Where(path => !path.StartsWith(KopsDirectory.Name + "/", StringComparison.Ordinal))
            .ToList();
        try
        {
            // Files that git has never seen and that are gone again are none that could be committed.
            var tracked = (await RunAsync(run.Host, root, ["ls-files", "-z", "--", .. paths]))
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .ToHashSet(StringComparer.Ordinal);
            paths.RemoveAll(path => !tracked.Contains(path) && !File.Exists(Path.Combine(root, path)));
            if (paths.Count == 0)
                return;
            await RunAsync(run.Host, root, ["add", "--all", "--", .. paths]);
            if ((await RunAsync(run.Host, root, ["status", "--porcelain", "--", .. paths])).Length == 0)
                return;
            // These files alone: what somebody else has staged stays staged.
            await RunAsync(
                run.Host,
                root,
                ["commit", "--quiet", "--only", "--message", $"kops {run.Title}", "--message", $"Change: {id}", "--", .. paths]
            );
            run.Log(2, $"Committed to git: {(await RunAsync(run.Host, root, ["rev-parse", "--short", "HEAD"])).Trim()}");
        }
        catch (GitException problem)
        {
            run.Error.WriteLine($"Warning: the change is made, but not committed to git: {problem.Message}");
        }
    }

    private static bool IsAsked(Invocation run)
    {
        var address = StateLocation.Find(run.Host, run.Options, run.Access).Address;
        if (!address.StartsWith(Scheme, StringComparison.Ordinal))
            address = address.StartsWith('/') ? Scheme + address : string.Empty;
        return run.Access.Profiles.Find(address)?.Values.GetValueOrDefault(GitSetting.Git.Key) is { } value
            && value.Text switch
            {
                "true" => true,
                "false" => false,
                _ => throw CommandException.Usage($"{GitSetting.Git.Key} ({value.Place}) is '{value.Text}', which is none of true, false"),
            };
    }

    /// <exception cref="GitException">It failed, and why.</exception>
    private static async Task<string> RunAsync(KopsHost host, string directory, IReadOnlyList<string> arguments)
    {
        for (var tries = 1; ; tries++)
        {
            var (code, output, error) = await StartAsync(host, directory, arguments);
            if (code == 0)
                return output;
            // Somebody else commits in this moment.
            if (!error.Contains("index.lock", StringComparison.Ordinal) || tries == Tries)
                throw new GitException(Explain(directory, error));
            await Task.Delay(Wait);
        }
    }

    private static string Explain(string directory, string error)
    {
        var said =
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()
            ?? "git failed and said nothing";
        return said.Contains("not a git repository", StringComparison.Ordinal)
                ? $"{directory} lies in no git work tree; 'git init {directory}' makes one"
            : said.Contains("dubious ownership", StringComparison.Ordinal)
                ? $"{said}; 'git config --global --add safe.directory {directory}' trusts it"
            : said;
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(
        KopsHost host,
        string directory,
        IReadOnlyList<string> arguments
    )
    {
        var environment = host
            .Environment.Where(variable => IsForGit(variable.Key))
            .ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        // It speaks one language to programs.
        environment["LC_ALL"] = "C";
        using var limit = new CancellationTokenSource(Limit, host.Time);
        try
        {
            return await ChildProcess.CaptureAsync(
                "git",
                ["-C", directory, "-c", "core.quotePath=false", "--literal-pathspecs", .. arguments],
                environment,
                limit.Token
            );
        }
        catch (Win32Exception)
        {
            throw new GitException("there is no program 'git'; install it, or take 'git: true' out of the profile");
        }
        catch (OperationCanceledException)
        {
            throw new GitException(
                $"'git {arguments[0]}' did not end within {Limit.TotalSeconds:0} s and was stopped; see whether a hook of the repository "
                    + $"hangs, and remove .git/index.lock if it is left"
            );
        }
    }

    private static bool IsForGit(string variable) =>
        !variable.StartsWith("GIT_", StringComparison.Ordinal) || Kept.Any(known => variable.StartsWith(known, StringComparison.Ordinal));

    private sealed class GitException(string message) : Exception(message);
}
