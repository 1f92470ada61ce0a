using Kops.Api;
using Kops.Api.Versions;

namespace Kops.Model.Completion;

/// <summary>What a field means when a file leaves it out: what kOps fills in whenever it reads a cluster, and before it completes one.</summary>
public static class SpecDefaults
{
    /// <summary>Fills in what the cluster leaves out, and drops fields without effect.</summary>
    public static void Apply(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var spec = cluster.Spec;
        if (spec.CloudProvider != "openstack") Api(spec);
        ReadDefaults.Apply(cluster);
        if (spec.Iam is { } iam) iam.Legacy ??= false;

        // Read for old files' sake; kOps has no place to keep them.
        spec.ContainerRuntime = null;
        spec.MasterInternalName = null;
        if (spec.CloudConfig?.AwsEBSCSIDriver is { } driver) driver.Enabled = null;
    }

    private static void Api(ClusterSpec spec)
    {
        var api = spec.EnsureApi();
        if (api.Dns is not null || api.LoadBalancer is not null) return;
        if (spec.Subnets.Any(subnet => subnet.Type is "Private" or "DualStack")) api.EnsureLoadBalancer();
        else api.EnsureDns();
    }
}
