using System.Diagnostics;
using System.Globalization;
using Kops.Cli.Tests.Support;
using Xunit;

namespace Kops.Cli.Tests.Hostile;

/// <summary>
/// A store with two clusters on the desk of an honest user: one that somebody else may write too, and one that nobody else may touch.
/// </summary>
public sealed class HostileStore : IAsyncLifetime
{
    public const string Cluster = DeskClusters.Name;
    public const string Other = "other.example.com";
    private readonly Desk _desk = new();
    private IReadOnlyDictionary<string, string> _outside = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, string> _others = new Dictionary<string, string>();

    /// <summary>The store.</summary>
    public string Root => _desk.PathOf("state");

    private string Template => _desk.PathOf("template");

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])[Cluster, Other])
        {
            await DoneAsync("create", "cluster", name, "--cloud", "aws", "--zones", "us-east-1a");
            await DoneAsync("update", "cluster", name, "--yes");
        }

        await DoneAsync("state", "pull", _desk.PathOf("pulled"), Cluster);
        _desk.Write(".ssh/authorized_keys", "mine\n");
        _desk.Write("elsewhere/a", "mine\n");
        Copy(Root, Template);
    }

    /// <summary>Puts all back as it was.</summary>
    public void Restore()
    {
        foreach (var directory in (string[])["state", "push", "input"])
            Remove(_desk.PathOf(directory));
        Copy(Template, Root);
        Copy(_desk.PathOf("pulled"), _desk.PathOf("push"));
        Directory.CreateDirectory(_desk.PathOf("input"));
        (_outside, _others) = (Outside(), Others());
    }

    /// <summary>A file below the user's home: <c>state/</c>, <c>push/</c> (a directory that was pulled) or <c>input/</c>.</summary>
    public string PathOf(string relative) => _desk.PathOf(relative);

    public void Write(string relative, string content) => _desk.Write(relative, content);

    public void Write(string relative, byte[] content)
    {
        _desk.Write(relative, string.Empty);
        File.WriteAllBytes(PathOf(relative), content);
    }

    /// <summary>A file that is very long, and takes no room.</summary>
    public void WriteLong(string relative, string start, long length)
    {
        _desk.Write(relative, start);
        using var file = File.OpenWrite(PathOf(relative));
        file.SetLength(length);
    }

    /// <summary>A link in place of whatever is there.</summary>
    public void Link(string relative, string target)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(path);
        File.CreateSymbolicLink(path, target);
    }

    /// <summary>A pipe on which nobody writes, in place of whatever is there.</summary>
    public void Pipe(string relative)
    {
        Write(relative, string.Empty);
        Remove(PathOf(relative));
        using var make = Process.Start("mkfifo", [PathOf(relative)]);
        make.WaitForExit();
    }

    public void Edit(string relative, Func<string, string> change) =>
        File.WriteAllText(PathOf(relative), change(File.ReadAllText(PathOf(relative))));

    public void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    /// <summary>Runs a command line in this process.</summary>
    internal Task<KopsRun> RunHereAsync(string command) => RunHereAsync(Words(command));

    /// <summary>Runs the program.</summary>
    /// <returns>What it did, and the most memory that it was seen to take, in bytes.</returns>
    internal async Task<(KopsRun Run, long Memory)> RunAsync(string command)
    {
        var start = new ProcessStartInfo(NativeBinary.AtHand, Words(command))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _desk.Home,
        };
        foreach (var (name, value) in _desk.Environment)
            start.Environment[name] = value;
        start.Environment["KOPS_STATE_STORE"] = Root;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var (ended, memory) = (process.WaitForExitAsync(TestContext.Current.CancellationToken), 0L);
        while (await Task.WhenAny(ended, Task.Delay(20, TestContext.Current.CancellationToken)) != ended)
            memory = Math.Max(memory, PeakOf(process.Id));
        await ended;
        return (new KopsRun(process.ExitCode, await output, await error), memory);
    }

    /// <summary>Fails where anything but the one cluster was touched, or the other cannot be worked on.</summary>
    internal async Task CheckOthersAsync()
    {
        Assert.Equal(_outside, Outside());
        Assert.Equal(_others, Others());
        var get = await RunHereAsync("get", "instancegroups", "--name", Other);
        var edit = await RunHereAsync("edit", "cluster", Other, "--set", "spec.channel=alpha");
        Assert.True(get.ExitCode == 0, get.Error);
        Assert.True(edit.ExitCode == 0, edit.Error);
    }

    /// <summary>Fails where a file of the user's own came along to a new store.</summary>
    internal void CheckTakenAlong()
    {
        var there = _desk.PathOf("input/new");
        if (Directory.Exists(there))
            Assert.DoesNotContain("mine\n", DeskClusters.Snapshot(there).Values);
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task DoneAsync(params string[] command)
    {
        var run = await RunHereAsync(command);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private Task<KopsRun> RunHereAsync(params string[] command)
    {
        _desk.Environment["KOPS_STATE_STORE"] = Root;
        return _desk.RunAsync(command);
    }

    private string[] Words(string command) =>
        [.. command.Split(' ').Select(word => word.Replace("~", _desk.Home, StringComparison.Ordinal))];

    private IReadOnlyDictionary<string, string> Others() => DeskClusters.Snapshot(Path.Combine(Root, Other));

    private Dictionary<string, string> Outside() =>
        new[] { ".ssh", "elsewhere" }
            .SelectMany(directory => DeskClusters.Snapshot(_desk.PathOf(directory)).Select(file => (directory, file)))
            .ToDictionary(entry => $"{entry.directory}/{entry.file.Key}", entry => entry.file.Value);

    private static void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
    }

    private static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
