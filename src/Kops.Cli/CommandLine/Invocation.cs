using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;

namespace Kops.Cli.CommandLine;

/// <summary>One run of a command: what was typed, and what it may touch.</summary>
internal sealed class Invocation : IAsyncDisposable
{
    private readonly Lazy<ClusterStore> _state;
    private readonly Lazy<StoreRegistry> _stores;

    public Invocation(KopsHost host, ParsedCommand parsed)
    {
        (Host, Spec, Arguments, Flags) = (host, parsed.Spec, parsed.Arguments, parsed.Flags);
        Verbosity = ErrorReport.Verbosity(parsed.Flags);
        Access = new StoreAccess(host, parsed.Flags);
        _stores = new(() => host.OpenStores(host, Access));
        _state = new(OpenState);
    }

    public KopsHost Host { get; }

    public CommandSpec Spec { get; }

    public IReadOnlyList<string> Arguments { get; }

    public FlagSet Flags { get; }

    /// <summary>How stores are reached: profiles, variables, the log of requests.</summary>
    public StoreAccess Access { get; }

    /// <summary>The stores that this run opens; many commands open none.</summary>
    public StoreRegistry Stores => _stores.Value;

    /// <summary>Whether nobody named the state store.</summary>
    public bool IsDefaultStore => StateLocation.Find(Host, Flags, Access).IsDefault;

    /// <summary>The clusters of the state store, found when first asked for.</summary>
    public ClusterStore State => _state.Value;

    public TextWriter Out => Host.Console.Out;

    /// <summary>Progress, warnings, errors. What was written to <see cref="Out"/> before is seen before.</summary>
    public TextWriter Error
    {
        get
        {
            Out.Flush();
            return Host.Console.Error;
        }
    }

    /// <summary>
    /// What <c>-v </c> asks for; 0 says what is needed, 2 how things were found, 4 each request to a store, 10 everything.
    /// </summary>
    public int Verbosity { get; }

    /// <summary>What is being done, in the words of the command line, for records and messages.</summary>
    public string Title => string.Join(' ', [Spec.Path, .. Arguments, .. Flags.Words]);

    /// <summary>The changes that were made, for whoever stops the command before its end.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Says something on stderr to whoever asked for that much.</summary>
    public void Log(int level, string message)
    {
        if (Verbosity >= level)
            Error.WriteLine(message);
    }

    public ValueTask DisposeAsync() => _stores.IsValueCreated ? _stores.Value.DisposeAsync() : ValueTask.CompletedTask;

    private ClusterStore OpenState()
    {
        var location = StateLocation.Find(Host, Flags, Access);
        if (location.IsDefault)
            Error.WriteLine($"Using the state store {location.Address}: no other is named by --state, KOPS_STATE_STORE or ~/.kops/config.");
        else
            Log(2, $"Using the state store {location.Address}, from {location.Source}.");
        return new ClusterStore(Stores.Resolve(location.Address), Stores, Host.Time, Host.Author($"kops {Title}"), new LinuxProcessProbe());
    }
}
