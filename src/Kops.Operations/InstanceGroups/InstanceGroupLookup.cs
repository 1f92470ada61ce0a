using Kops.Api;
using Kops.Api.Schema;
using Kops.StateStore.Clusters;

namespace Kops.Operations.InstanceGroups;

/// <summary>Finds the instance groups of a cluster that was read.</summary>
public static class InstanceGroupLookup
{
    /// <summary>A group that must be there.</summary>
    /// <exception cref="OperationException">It is not, or cannot be read.</exception>
    public static StoredObject<InstanceGroup> GetInstanceGroup(this ClusterState state, string name)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.FindInstanceGroup(name) is { } found ? found
            : state.Unreadable.FirstOrDefault(group => group.Name == name) is { } unreadable
                ? throw OperationException.Failed($"instance group \"{name}\" cannot be read: {unreadable.Error.Message}", unreadable.Error)
            : throw OperationException.NotFound(
                $"instance group \"{name}\" not found in cluster "
                    + $"\"{state.Name}\"{Suggest.Hint(name, state.InstanceGroups.Select(group => group.Name))}"
            );
    }
}
