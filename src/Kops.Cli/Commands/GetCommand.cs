using Kops.Cli.CommandLine;
using Kops.Cli.Output;

namespace Kops.Cli.Commands;

/// <summary><c>kops get</c> and what stands below it.</summary>
internal static class GetCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("get", "Show clusters, instance groups, keys and secrets")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Flags = [OutputFlag.Flag],
            FlagsAreInherited = true,
            Description = "Without the name of a kind it shows all of a cluster, as 'kops get all' does.",
            Run = GetAllCommand.RunAsync,
        },
        GetAllCommand.Spec,
        GetClustersCommand.Spec,
        GetInstanceGroupsCommand.Spec,
        GetKeypairsCommand.Spec,
        GetSecretsCommand.Spec,
        GetSshPublicKeysCommand.Spec,
        GetAssetsCommand.Spec,
        new("get instances", "Show the machines of a cluster") { Instead = LaterCommands.WithKops, MaxArguments = int.MaxValue },
    ];
}
