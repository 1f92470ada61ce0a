using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit</c> and what stands below it.</summary>
internal static class EditCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [new("edit", "Change a cluster or an instance group"), EditClusterCommand.Spec, EditInstanceGroupCommand.Spec];
}
