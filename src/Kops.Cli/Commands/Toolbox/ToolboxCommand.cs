using Kops.Cli.CommandLine;

namespace Kops.Cli.Commands.Toolbox;

/// <summary><c>kops toolbox</c>: tools beside the main commands.</summary>
internal static class ToolboxCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("toolbox", "Tools beside the main commands"),
        LaterCommands.Later("toolbox addons", "Manage addons of a cluster's channel"),
        LaterCommands.Later("toolbox clusterapi", "Describe machines for Cluster API"),
        LaterCommands.Later("toolbox dump", "Collect what is known of a cluster"),
        LaterCommands.Later("toolbox enroll", "Add a machine to a cluster"),
        GraphCommand.Spec,
        LaterCommands.Later("toolbox instance-selector", "Make an instance group of machine types that fit"),
        TemplateCommand.Spec,
    ];
}
