using Kops.Model.Flags;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>How the API is reached: through a load balancer, or by a DNS name of the machines.</summary>
internal static class ApiSetup
{
    public static void Apply(ClusterDraft draft)
    {
        var flags = draft.Flags;
        var type = Given(flags.ApiLoadBalancerType);
        var certificate = Given(flags.ApiSslCertificate);
        var isDnsEnough = !draft.IsPrivate && DnsSetup.PublishesRecords(draft);
        if (type is null && certificate is null && isDnsEnough)
        {
            draft.Spec.EnsureApi().EnsureDns();
            return;
        }

        if (type == "internal" && !draft.IsPrivate)
            throw new InvalidFlagException(
                "api-loadbalancer-type",
                "--api-loadbalancer-type internal needs private subnets: add --topology private"
            );
        var balancer = draft.Spec.EnsureApi().EnsureLoadBalancer();
        balancer.Type = TypeOf(type) ?? "Public";
        balancer.SslCertificate = certificate;
        balancer.Class = draft.Cloud.LoadBalancerClass;
    }

    /// <summary>The type in the spec's words; null when none is given.</summary>
    public static string? TypeOf(string? flag) =>
        Given(flag) switch
        {
            null => null,
            "public" => "Public",
            "internal" => "Internal",
            var other => throw new InvalidFlagException(
                "api-loadbalancer-type",
                $"--api-loadbalancer-type: there is no '{other}'; there are public and internal"
            ),
        };

    /// <summary>Network load balancers are the only ones left (kOps 1.37 took the flag away; scripts that say so still run).</summary>
    public static void CheckClass(string? flag)
    {
        if (Given(flag) is { } name && name != "network")
            throw new InvalidFlagException(
                "api-loadbalancer-class",
                $"--api-loadbalancer-class {name}: kOps 1.37 makes network load balancers only: leave the flag out"
            );
    }
}
