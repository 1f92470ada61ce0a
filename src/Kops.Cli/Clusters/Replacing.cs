using Kops.Cli.CommandLine;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Clusters;

/// <summary>What commands that overwrite objects share.</summary>
internal static class Replacing
{
    /// <summary>Lets an object that a newer kOps wrote be overwritten; its unknown fields are kept.</summary>
    public static Flag<bool> AllowUnknownFlag { get; } =
        Flag.Switch(
            "allow-unknown-fields",
            "Take objects although they have fields that this program does not know, those of a newer kOps; they are kept"
        );

    /// <summary>Starts the change of a cluster that was read.</summary>
    public static ClusterChanges Change(this Invocation run, ClusterState state) => run.Session.Change(state);

    /// <summary>Whether the user allows fields that this program does not know.</summary>
    public static bool AllowsUnknownFields(this Invocation run) => run.Get(AllowUnknownFlag);
}
