using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit</c> and what stands below it.</summary>
internal static class EditCommand
{
    public static Flag Set { get; } =
        Flag.List("set", "Set a field without an editor: spec.kubernetesVersion=1.36.3") with
        {
            IsLazy = true,
        };

    public static Flag Unset { get; } = Flag.List("unset", "Clear a field without an editor: spec.sshKeyName");

    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [new("edit", "Change a cluster or an instance group"), EditClusterCommand.Spec, EditInstanceGroupCommand.Spec];
}
