using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary><c>kops update</c> and what stands below it.</summary>
internal static class UpdateCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } = [new("update", "Apply what is described"), UpdateClusterCommand.Spec];
}
