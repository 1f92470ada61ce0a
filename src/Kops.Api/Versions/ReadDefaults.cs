namespace Kops.Api.Versions;

/// <summary>
/// What kOps fills in as soon as it has read a document, so that it stands in each file that kOps has written. All other defaults are
/// filled in when the spec is completed, and are the model's.
/// </summary>
public static class ReadDefaults
{
    /// <summary>Fills in a normalized document of the stored version. kOps has such defaults for clusters alone.</summary>
    public static void Apply(KopsObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value is not Cluster cluster)
            return;
        var spec = cluster.Spec;
        spec.EnsureTopology().EnsureDns().Type ??= "Public";

        if (spec.CloudProvider != "openstack" && spec.Api?.LoadBalancer is { } balancer)
        {
            balancer.Type ??= "Public";
            if (spec.CloudProvider == "aws")
                balancer.Class ??= "Classic";
        }

        // Up to kOps 1.36 at the latest this was alwaysAllow. Each completed spec of 1.37 has rbac where the input had nothing.
        if (spec.Authorization is null or { AlwaysAllow: null, Rbac: null })
            spec.EnsureAuthorization().EnsureRbac();

        // What a file without the setting meant when the setting came up; new clusters get vxlan, in their file.
        if (spec.Networking?.Flannel is { } flannel)
            flannel.Backend ??= "udp";
    }
}
