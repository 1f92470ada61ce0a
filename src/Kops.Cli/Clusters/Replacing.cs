using Kops.Api;
using Kops.Api.Schema;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Clusters;

/// <summary>What commands that overwrite objects share.</summary>
internal static class Replacing
{
    /// <summary>Lets an object that a newer kOps wrote be overwritten; its unknown fields are kept.</summary>
    public static Flag AllowUnknownFlag { get; } =
        Flag.Switch(
            "allow-unknown-fields",
            "Take objects although they have fields that this program does not know, those of a newer kOps; they are kept"
        );

    /// <summary>Starts the change of a cluster that was read.</summary>
    public static ClusterChanges Change(this Invocation run, ClusterState state)
    {
        if (state.Layout.IsMoved && run.Verbosity < 1)
            run.Error.WriteLine(ClusterAccess.MovedText(state));
        return run.State.Change(state, run.Title, run.AllowsUnknownFields());
    }

    /// <summary>Whether the user allows fields that this program does not know.</summary>
    public static bool AllowsUnknownFields(this Invocation run) =>
        run.Flags.Knows(AllowUnknownFlag.Name) && run.Flags.IsOn(AllowUnknownFlag.Name);

    /// <summary>A group that must be there.</summary>
    public static StoredObject<InstanceGroup> InstanceGroupNamed(this ClusterState state, string name) =>
        state.FindInstanceGroup(name) is { } found ? found
        : state.Unreadable.FirstOrDefault(group => group.Name == name) is { } unreadable
            ? throw CommandException.Failed($"instance group \"{name}\" cannot be read: {unreadable.Error.Message}", unreadable.Error)
        : throw CommandException.NotFound(
            $"instance group \"{name}\" not found in cluster "
                + $"\"{state.Name}\"{Suggest.Hint(name, state.InstanceGroups.Select(group => group.Name))}"
        );
}
