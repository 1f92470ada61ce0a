using System.Globalization;
using Kops.Api.Validation;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.Cli.Stores;
using Kops.Operations;
using Kops.StateStore;
using Kops.StateStore.Keysets;
using Kops.Vfs;

namespace Kops.Cli.CommandLine;

/// <summary>One run of a command: what was typed, and what it may touch.</summary>
internal sealed class Invocation : IAsyncDisposable
{
    private readonly Lazy<ClusterStore> _state;
    private readonly Lazy<ClusterSession> _session;
    private readonly Lazy<StoreRegistry> _stores;

    /// <param name="host">What is outside of the program.</param>
    /// <param name="parsed">What was typed.</param>
    /// <param name="openStores">Makes the registry of stores; it is closed when the command ends.</param>
    /// <param name="openSession">Begins the work on clusters.</param>
    public Invocation(
        KopsHost host,
        ParsedCommand parsed,
        Func<StoreAccess, StoreRegistry> openStores,
        Func<Invocation, ClusterSession> openSession
    )
    {
        (Host, Spec, Arguments, Flags) = (host, parsed.Spec, parsed.Arguments, parsed.Flags);
        Options = GlobalFlags.Read(parsed.Flags);
        Access = new StoreAccess(host, Options);
        _stores = new(() => openStores(Access));
        _state = new(OpenState);
        _session = new(() => openSession(this));
    }

    public KopsHost Host { get; }

    public CommandSpec Spec { get; }

    public IReadOnlyList<string> Arguments { get; }

    public FlagSet Flags { get; }

    /// <summary>What every command may be told.</summary>
    public GlobalOptions Options { get; }

    /// <summary>How stores are reached: profiles, variables, the log of requests.</summary>
    public StoreAccess Access { get; }

    /// <summary>The stores that this run opens; many commands open none.</summary>
    public StoreRegistry Stores => _stores.Value;

    /// <summary>Whether nobody named the state store.</summary>
    public bool IsDefaultStore => StateLocation.Find(Host, Options, Access).IsDefault;

    /// <summary>The clusters of the state store, found when first asked for.</summary>
    public ClusterStore State => _state.Value;

    /// <summary>The work that the command does on the clusters of the state store.</summary>
    public ClusterSession Session => _session.Value;

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
    public int Verbosity => Options.Verbosity;

    /// <summary>What is being done, in the words of the command line, for records and messages.</summary>
    public string Title => string.Join(' ', [Spec.Path, .. Arguments, .. Flags.Words]);

    /// <summary>What a flag says; its default where it is not given, as one is that the command does not take.</summary>
    public T Get<T>(Flag<T> flag) => Flags.Get(flag);

    /// <summary>Whether a flag stands on the command line.</summary>
    public bool Has(Flag flag) => Flags.Has(flag);

    /// <summary>Whether the command takes a flag.</summary>
    public bool Takes(Flag flag) => Flags.Takes(flag);

    /// <summary>Says something on stderr to whoever asked for that much.</summary>
    public void Log(int level, string message)
    {
        if (Verbosity >= level)
            Error.WriteLine(message);
    }

    public ValueTask DisposeAsync() => _stores.IsValueCreated ? _stores.Value.DisposeAsync() : ValueTask.CompletedTask;

    private int KeyBits()
    {
        const string variable = "KOPS_RSA_PRIVATE_KEY_SIZE";
        return Host.Variable(variable) is not { } text ? SelfSignedAuthority.KeyBits
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits is >= 512 and <= 16384
            && bits % 8 == 0
                ? bits
            : throw CommandException.Usage($"{variable}: '{text}' is no length of a key in bits, such as 2048 or 4096");
    }

    private ClusterStore OpenState()
    {
        var location = StateLocation.Find(Host, Options, Access);
        if (location.IsDefault)
            Error.WriteLine($"Using the state store {location.Address}: no other is named by --state, KOPS_STATE_STORE or ~/.kops/config.");
        else
            Log(2, $"Using the state store {location.Address}, from {location.Source}.");
        return new ClusterStore(Stores.Resolve(location.Address), Stores, Host.Time, Host.Author($"kops {Title}"), Host.Processes)
        {
            KeyBits = KeyBits(),
            Rules = new ValidationOptions { AllowTooNewKubernetes = Host.Variable("KOPS_RUN_TOO_NEW_VERSION") is not null },
        };
    }
}
