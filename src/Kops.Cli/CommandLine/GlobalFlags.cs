using Kops.Cli.Settings;

namespace Kops.Cli.CommandLine;

/// <summary>The flags of every command.</summary>
internal static class GlobalFlags
{
    public static Flag<string?> State { get; } =
        Flag.Text("state", "Where clusters are kept, such as file:///srv/state (or KOPS_STATE_STORE)") with
        {
            IsGeneral = true,
        };

    public static Flag<string?> Name { get; } =
        Flag.Text("name", "Name of the cluster (or KOPS_CLUSTER_NAME)") with
        {
            Values = ValueSource.Cluster,
            IsGeneral = true,
        };

    public static Flag<string?> Config { get; } =
        Flag.Text("config", "Configuration file (default $HOME/.kops.yaml, then $HOME/.kops/config)") with
        {
            Values = ValueSource.File,
            IsGeneral = true,
        };

    public static Flag<int?> Verbosity { get; } =
        Flag.Integer("v", "How much to say: 2 tells how things were found, 4 each request to a store, 10 everything") with
        {
            Short = "v",
            IsGeneral = true,
        };

    public static Flag<bool> Help { get; } = Flag.Switch("help", "What the command does") with { Short = "h", IsGeneral = true };

    public static IReadOnlyList<Flag> All { get; } =
    [
        State,
        Name,
        Config,
        Verbosity,
        Help,
        // klog's flags stand in many scripts. Messages always go to stderr here, so that there is nothing for these to change.
        .. (
            (Flag[])
                [
                    Flag.Text("alsologtostderrthreshold", string.Empty),
                    Flag.Switch("legacy_stderr_threshold_behavior", string.Empty),
                    Flag.Switch("alsologtostderr", string.Empty),
                    Flag.Switch("logtostderr", string.Empty),
                    Flag.Text("stderrthreshold", string.Empty),
                ]
        ).Select(flag => flag with { IsGeneral = true, IsHidden = true }),
    ];

    /// <summary>What they say.</summary>
    public static GlobalOptions Read(FlagSet flags) => new(flags.Get(State), flags.Get(Name), flags.Get(Config), flags.Get(Verbosity) ?? 0);
}
