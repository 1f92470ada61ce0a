using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Cli.Stores;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Files;
using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>Somebody's machine: a home directory, environment variables and stores, all of them thrown away at the end.</summary>
internal sealed class Desk : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("kops-desk-");

    public Desk() =>
        Environment = new(StringComparer.Ordinal)
        {
            ["HOME"] = Home,
            // Clusters of tests are about something else, unless they say so.
            ["KOPS_ADDONS_SOURCE"] = "none",
            // Keys of tests keep nothing safe, and long ones take a fifth of a second each to make.
            ["KOPS_RSA_PRIVATE_KEY_SIZE"] = "1024",
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty,
        };

    public string Home => _home.FullName;

    public Dictionary<string, string> Environment { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>What is known of processes; that of another machine knows none.</summary>
    public IProcessProbe Processes { get; set; } = new LinuxProcessProbe();

    /// <summary>Adds stores of a test's own.</summary>
    public Func<StoreRegistry, StoreRegistry> MoreStores { get; set; } = stores => stores;

    /// <summary>The file of that name below the home directory.</summary>
    public string PathOf(string relative) => Path.Combine(Home, relative);

    /// <summary>Writes a file below the home directory.</summary>
    public string Write(string relative, string content)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a command line.</summary>
    public Task<KopsRun> RunAsync(params string[] arguments) => RunAsync(string.Empty, arguments);

    /// <summary>Runs a command line with something piped into it.</summary>
    public Task<KopsRun> RunAsync(string input, string[] arguments) =>
        RunAsync(new StringReader(input), arguments, TestContext.Current.CancellationToken);

    /// <summary>Runs a command line that can be stopped, as Ctrl-C does.</summary>
    public async Task<KopsRun> RunAsync(TextReader input, string[] arguments, CancellationToken cancellationToken)
    {
        var console = new TestConsole();
        var code = await new KopsProgram(Host(console, input), OpenStores).RunAsync(arguments, cancellationToken);
        return new KopsRun(code, console.Out.ToString(), console.Error.ToString());
    }

    /// <summary>The stores as a command without flags opens them.</summary>
    public StoreRegistry OpenStores()
    {
        var host = Host(new TestConsole(), TextReader.Null);
        return OpenStores(new StoreAccess(host, new GlobalOptions(State: null, Name: null, Config: null, Verbosity: 0)));
    }

    public void Dispose() => _home.Delete(recursive: true);

    private KopsHost Host(TestConsole console, TextReader input) =>
        new(console.Streams(input), Environment, Time) { WorkingDirectory = Home, Processes = Processes };

    private StoreRegistry OpenStores(StoreAccess access) =>
        MoreStores(new StoreRegistry().AddStandardStores(access.Time, Home, access.WrapLocal, access.Tell).AddRemoteStores(access));
}
