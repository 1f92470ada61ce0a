using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Layers;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Layers.Log;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Profiles;

namespace Kops.Cli.Stores;

/// <summary>How one command reaches stores: what the user says of them, in profiles and variables, and who is told of requests.</summary>
internal sealed class StoreAccess
{
    /// <summary>The level of <c>-v</c> from which on each request is told.</summary>
    public const int RequestVerbosity = 4;

    private const int MaxConcurrency = 64;

    private readonly Lazy<StoreProfiles> _profiles;
    private readonly Action<StoreRequest>? _log;
    private readonly ProbedServers _probed;

    public StoreAccess(KopsHost host, GlobalOptions options)
    {
        Host = host;
        _probed = new ProbedServers(host.Home, host.Time);
        _profiles = new(() => new StoreProfiles([.. ConfigurationFile.Candidates(host, options.Config).SelectMany(ProfileReader.Read)]));
        if (options.Verbosity >= RequestVerbosity)
            _log = new RequestLog(host.Console.Error).Write;
    }

    public KopsHost Host { get; }

    public TimeProvider Time => Host.Time;

    /// <summary>The profiles of the user; the files are read when somebody asks.</summary>
    public StoreProfiles Profiles => _profiles.Value;

    /// <summary>Whether servers are tried out although that was done lately: for a command whose purpose it is.</summary>
    public bool ProbesAnew { get; set; }

    /// <summary>What the command line says of stores, by the settings' keys.</summary>
    public Dictionary<string, ProfileValue> Given { get; } = new(StringComparer.Ordinal);

    /// <summary>What the user says of the store of a path.</summary>
    public StoreSettings SettingsOf(string path) => new(path, Host.Environment, Profiles.Find(path)) { Given = Given };

    /// <summary>Tells the user what a store has to say, over the line of a transfer that is being shown.</summary>
    public void Tell(string text) =>
        Host.Console.Error.WriteLine($"{(Host.Console.IsErrorTerminal ? "\r\e[K" : string.Empty)}Note: {text}");

    /// <summary>Puts the layers around a store over a network.</summary>
    /// <param name="store">The store.</param>
    /// <param name="probe">The server, where it has to be tried out that it honours conditions; null for one that is known to.</param>
    /// <param name="guard">The lock for writes to a server that does not; null where none does.</param>
    public Store Wrap(Store store, string? probe = null, LockOptions? guard = null)
    {
        var server = $"{probe} {store.Address}";
        return StoreLayers.Apply(
            store,
            new StoreLayerOptions
            {
                Clock = Time,
                MaxConcurrency = MaxConcurrency,
                Log = _log,
                Check = new CheckOptions
                {
                    ProbePrefix = probe is null ? null : KopsDirectory.ProbePrefix,
                    IsKnown = () => !ProbesAnew && _probed.Knows(server),
                    Remember = () => _probed.Add(server),
                    Guard = guard,
                },
            }
        );
    }

    /// <summary>Puts the layers around a store on this machine: none, but for the log.</summary>
    public Store WrapLocal(Store store) =>
        _log is null ? store : StoreLayers.Apply(store, new StoreLayerOptions { Clock = Time, Log = _log });
}
