using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary>Commands of kOps that are not here yet: they say so, with the issue that brings them, and do nothing.</summary>
internal static class LaterCommands
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        Later("distrust", 5, "Stop trusting a key pair"),
        Later("export", 5, "Write a kubeconfig"),
        Later("promote", 5, "Make a key pair the primary one"),
        Later("reconcile", 5, "Update a cluster and replace its machines as needed"),
        Later("rolling-update", 5, "Replace the machines of a cluster"),
        Later("toolbox", 5, "Tools beside the main commands"),
        Later("trust", 5, "Trust a key pair again"),
        Later("upgrade", 5, "Raise the versions of a cluster"),
        Later("validate", 5, "Check that a cluster is healthy"),
    ];

    /// <summary>What they are called, known without making them.</summary>
    public static string[] Words { get; } = ["distrust", "export", "promote", "reconcile", "rolling-update", "toolbox", "trust", "upgrade", "validate"];

    private static CommandSpec Later(string path, int issue, string help) => new(path, help) { Issue = issue, Arguments = "...", MaxArguments = int.MaxValue };
}
