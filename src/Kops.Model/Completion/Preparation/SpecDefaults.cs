using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Versions;
using Kops.Model.NewCluster;

namespace Kops.Model.Completion.Preparation;

/// <summary>What a field means when a file leaves it out: what kOps fills in before it completes a cluster.</summary>
internal static class SpecDefaults
{
    /// <summary>Fills in what the cluster leaves out, and drops fields without effect.</summary>
    public static void Apply(Cluster cluster, IReadOnlyList<InstanceGroup> groups)
    {
        var spec = cluster.Spec;
        if (spec.CloudProvider != "openstack" && spec.Api is null or { Dns: null, LoadBalancer: null })
            Api(spec, groups);
        ReadDefaults.Apply(cluster);
        if (spec.Iam is { } iam)
            iam.Legacy ??= false;

        // The system of Flatcar cannot be written to; plugins for volumes go elsewhere.
        if (groups.Any(group => group.Spec.Image?.Contains("flatcar", StringComparison.Ordinal) == true))
            spec.EnsureKubelet().VolumePluginDirectory ??= "/var/lib/kubelet/volumeplugins/";

        // Read for old files' sake; kOps has no place to keep them.
        spec.ContainerRuntime = null;
        spec.MasterInternalName = null;
        if (spec.CloudConfig?.AwsEBSCSIDriver is { } driver)
            driver.Enabled = null;
    }

    // Where the API's servers run says how they are reached: by a load balancer when any of them has no address of its own.
    private static void Api(ClusterSpec spec, IReadOnlyList<InstanceGroup> groups)
    {
        var servers = OfRole(groups, MachineRole.ApiServer);
        if (servers.Count == 0)
            servers = OfRole(groups, MachineRole.ControlPlane);
        var names = servers.SelectMany(group => group.Spec.Subnets).ToHashSet(StringComparer.Ordinal);
        var types = spec.Subnets.Where(subnet => subnet.Name is { } name && names.Contains(name)).Select(subnet => subnet.Type).ToHashSet();
        if (types.Contains("Private") || types.Contains("DualStack"))
            spec.EnsureApi().EnsureLoadBalancer();
        else if (types.Contains("Public"))
            spec.EnsureApi().EnsureDns();
    }

    private static List<InstanceGroup> OfRole(IReadOnlyList<InstanceGroup> groups, MachineRole role) =>
        [.. groups.Where(group => Groups.RoleOf(group) == role)];
}
