using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>Merging of the flags that say who reaches the API, and how.</summary>
internal static class AccessMerge
{
    // SSH is open to the administrators unless told otherwise; where it was, it still is.
    public static void Admins(MergeTarget target, ClusterFlags flags)
    {
        var follows = target.Spec.SshAccess.SequenceEqual(target.Spec.KubernetesApiAccess);
        target.Spec.KubernetesApiAccess.Set(flags.AdminAccess!);
        if (follows && flags.SshAccess is null)
            target.Spec.SshAccess.Set(flags.AdminAccess!);
    }

    public static void LoadBalancerType(MergeTarget target, ClusterFlags flags)
    {
        if (ApiSetup.TypeOf(flags.ApiLoadBalancerType) is { } type)
            Balancer(target).Type = type;
    }

    public static void Certificate(MergeTarget target, ClusterFlags flags) => Balancer(target).SslCertificate = flags.ApiSslCertificate;

    /// <summary>The load balancer; where there was none, one as a new cluster has it, in place of the name of the machines.</summary>
    private static LoadBalancerAccessSpec Balancer(MergeTarget target)
    {
        if (target.Spec.Api?.LoadBalancer is { } there)
            return there;
        var api = target.Spec.EnsureApi();
        api.Dns = null;
        var balancer = api.EnsureLoadBalancer();
        balancer.Type = "Public";
        balancer.Class = CloudProfiles.Find(target.CloudName)!.LoadBalancerClass;
        return balancer;
    }

    public static void LoadBalancerClass(MergeTarget target, ClusterFlags flags)
    {
        ApiSetup.CheckClass(flags.ApiLoadBalancerClass);
        if (target.CloudName == "aws" && target.Spec.Api?.LoadBalancer is { } balancer)
            balancer.Class = "Network";
    }
}
