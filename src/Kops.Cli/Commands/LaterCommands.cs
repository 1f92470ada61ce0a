using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary>Commands that kOps has and this program not yet. They are known, so that nobody is told of a typing mistake.</summary>
internal static class LaterCommands
{
    /// <summary>The way out where there is no other.</summary>
    public const string WithKops = "kOps does it, on the same state store";

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        Later("reconcile", "Update a cluster and replace its machines as needed"),
        Later("rolling-update", "Replace the machines of a cluster"),
        Later("set", "Set fields of a cluster or an instance group", "'kops edit cluster --set spec.FIELD=VALUE' sets fields"),
        Later("unset", "Clear fields of a cluster or an instance group", "'kops edit cluster --unset spec.FIELD' clears fields"),
        Later("validate", "Check that a cluster is healthy", "'kubectl get nodes' shows the machines"),
    ];

    /// <summary>What they are called, known without making them.</summary>
    public static string[] Words { get; } = ["reconcile", "rolling-update", "set", "unset", "validate"];

    /// <summary>A command that is not here yet.</summary>
    public static CommandSpec Later(string path, string help, string instead = WithKops) =>
        new(path, help)
        {
            Instead = instead,
            Arguments = "...",
            MaxArguments = int.MaxValue,
        };
}
