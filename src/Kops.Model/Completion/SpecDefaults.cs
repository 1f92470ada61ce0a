using Kops.Api;

namespace Kops.Model.Completion;

/// <summary>What a field means when a file leaves it out: kOps fills these in whenever it reads a cluster.</summary>
public static class SpecDefaults
{
    /// <summary>Fills in what the cluster leaves out, and drops fields without effect.</summary>
    public static void Apply(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var spec = cluster.Spec;
        spec.EnsureTopology().EnsureDns().Type ??= "Public";
        if (spec.CloudProvider != "openstack") Api(spec);
        if (spec.Authorization is not { Node.Count: > 0 }) spec.EnsureAuthorization().EnsureRbac();
        if (spec.Networking?.Flannel is { } flannel) flannel.Backend ??= "udp";
        if (spec.Iam is { } iam) iam.Legacy ??= false;

        // Read for old files' sake; kOps has no place to keep them.
        spec.ContainerRuntime = null;
        spec.MasterInternalName = null;
        if (spec.CloudConfig?.AwsEBSCSIDriver is { } driver) driver.Enabled = null;
    }

    private static void Api(ClusterSpec spec)
    {
        var api = spec.EnsureApi();
        if (api.Dns is null && api.LoadBalancer is null)
        {
            if (spec.Subnets.Any(subnet => subnet.Type is "Private" or "DualStack")) api.EnsureLoadBalancer();
            else api.EnsureDns();
        }

        if (api.LoadBalancer is not { } balancer) return;
        balancer.Type ??= "Public";
        if (spec.CloudProvider == "aws") balancer.Class ??= "Classic";
    }
}
