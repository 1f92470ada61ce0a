using Kops.Api;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Operations.Access;

namespace Kops.Cli.Commands.State;

/// <summary>The flags that say whose rights are meant.</summary>
internal static class AccessFlags
{
    public static Flag<AccessMode> Mode(string help, string usual) =>
        Flag.Text(
            "mode",
            help,
            text =>
                text switch
                {
                    "read" => AccessMode.Read,
                    "write" => AccessMode.Write,
                    "node" => AccessMode.Node,
                    var other => throw CommandException.Usage($"--mode: '{other}' is none of read, write, node"),
                }
        ) with
        {
            Default = usual,
            Choices = ["read", "write", "node"],
        };

    public static Flag<string?> Cluster(string help) => Flag.Text("cluster", help) with { Values = ValueSource.Cluster };

    /// <summary>The mode, and the cluster, without which nodes have no rights.</summary>
    public static (AccessMode Mode, string? Cluster) Read(Invocation run, Flag<AccessMode> mode, Flag<string?> cluster) =>
        (run.Get(mode), run.Get(cluster) ?? run.Get(GlobalFlags.Name));

    public static CommandException NodesBelongToOneCluster() =>
        CommandException.Usage("--cluster is required with --mode node: nodes belong to one cluster");
}
