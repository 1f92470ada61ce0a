using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Api.Versions;
using Kops.Build.Input;

namespace Kops.Build.Nodes;

/// <summary>The instance group that a configuration is built for, with its cluster.</summary>
internal sealed class GroupContext
{
    /// <summary>Who makes the machines of a group, where that is not the cloud.</summary>
    public const string Karpenter = "Karpenter";

    public GroupContext(BuildContext cluster, InstanceGroup group)
    {
        (Cluster, Group) = (cluster, group);
        Name = group.Metadata.Name ?? throw new FormatException("an instance group has no name");
        Role = MachineRoles.Of(group);
        Internal = (MappingNode)InternalForm.Of(group)["spec"];
        // Nodes run what the control plane runs until that is upgraded.
        Version = RunsApi ? cluster.Version : cluster.Request.NodeVersion ?? cluster.Version;
    }

    public BuildContext Cluster { get; }

    public string Name { get; }

    public MachineRole Role { get; }

    public InstanceGroup Group { get; }

    public InstanceGroupSpec Spec => Group.Spec;

    /// <summary>The group's spec by its internal names.</summary>
    public MappingNode Internal { get; }

    /// <summary>The version of Kubernetes that its machines boot with.</summary>
    public string Version { get; }

    public bool IsControlPlane => Role == MachineRole.ControlPlane;

    public bool RunsApi => Role is MachineRole.ControlPlane or MachineRole.ApiServer;

    /// <summary>
    /// Whether its machines run this cluster's configuration at all: a bastion does only where its user adds data of his own, and machines
    /// without a cloud are enrolled one by one.
    /// </summary>
    public bool HasConfig => Cluster.Cloud.Name != "metal" && (Role != MachineRole.Bastion || Spec.AdditionalUserData.Count > 0);

    public bool IsKarpenters => Spec.Manager == Karpenter;
}
