using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Completion.Machines;

namespace Kops.Model.Completion;

/// <summary>
/// Completes an instance group: every default that its machines rely on becomes explicit, their whole kubelet configuration included,
/// as launch templates and the files that nodes boot from are made from it (kOps: PopulateInstanceGroupSpec, BuildKubeletConfigSpec).
/// </summary>
public static class GroupCompleter
{
    /// <summary>The completed group.</summary>
    /// <exception cref="FormatException">No image for its machines, or no subnet that fits; the message says what to set.</exception>
    public static InstanceGroup Complete(GroupCompletionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var group = new InstanceGroup((MappingNode)request.Group.Node.Clone());
        var context = new GroupContext(request.Cluster, group, request.Facts);
        MachineDefaults.Apply(context, request.Channel);
        SubnetDefaults.Apply(context);
        HardwareLabels.Apply(context);
        GroupKubelet.Apply(context, request.Features);
        return group;
    }
}
