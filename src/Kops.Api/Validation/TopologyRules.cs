namespace Kops.Api.Validation;

/// <summary>Topology: public or private, DNS, bastions; and the API's load balancer.</summary>
internal static class TopologyRules
{
    // What only AWS' load balancers can do.
    private static readonly string[] AwsOnly =
    [
        "class",
        "idleTimeoutSeconds",
        "securityGroupOverride",
        "additionalSecurityGroups",
        "sslCertificate",
        "sslPolicy",
        "crossZoneLoadBalancing",
        "accessLog",
    ];

    private static readonly string[] GossipSettings = ["gossipConfig", "dnsControllerGossipConfig"];

    public static void Check(ClusterContext cluster)
    {
        var topology = cluster.Spec["topology"];
        topology["masters"].OneOf("public", "private");
        topology["nodes"].OneOf("public", "private");
        var dns = topology["dns"]["type"];
        if (dns.Text?.ToUpperInvariant() is null or "PUBLIC" or "PRIVATE" or "NONE")
            Published(cluster, dns);
        else
            dns.Fail($"'{dns.Text}' is not supported: use one of Public, Private, None");
        var idle = topology["bastion"]["idleTimeoutSeconds"];
        idle.FailIf(idle.Number is < 1 or > 3600, "must be between 1 and 3600");
        // kOps 1.37 (#18601).
        dns.FailIf(cluster.UsesGossip, "must be None for a name under k8s.local: gossip is no longer supported");
        foreach (var gossip in GossipSettings.Select(name => cluster.Spec[name]))
            gossip.Forbid("has no effect any more: gossip is no longer supported; remove it");
        if (cluster.Spec["api"]["loadBalancer"] is { IsSet: true } balancer)
            LoadBalancer(cluster, balancer);
    }

    // A cluster without topology at all, as only old files are, is not asked (kOps).
    private static void Published(ClusterContext cluster, Field type)
    {
        var how = type.Text ?? "Public";
        type.FailIf(
            cluster.Spec["topology"].IsSet && !cluster.Cloud.DnsTypes.Contains(how, StringComparer.OrdinalIgnoreCase),
            $"'{how}' does not work on {cluster.Cloud.Name}: use {string.Join(" or ", cluster.Cloud.DnsTypes)}"
        );
    }

    private static void LoadBalancer(ClusterContext cluster, Field balancer)
    {
        balancer["type"].OneOf("Public", "Internal");
        balancer["type"]
            .FailIf(
                balancer["type"].Text == "Internal" && !cluster.Spec["subnets"].Items.Any(subnet => subnet["type"].Text == "Private"),
                "an internal load balancer needs at least one subnet of type Private"
            );
        if (!cluster.IsAws)
        {
            foreach (var field in AwsOnly.Select(name => balancer[name]))
                field.Forbid("is only supported on AWS: remove it");
            return;
        }

        var (type, isNetwork) = (balancer["class"], balancer["class"].Text == "Network");
        // kOps 1.37 (#18617). A file that says nothing means Classic, and is refused like one that says so: the cluster may have such a
        // load balancer.
        type.FailIf(
            !isNetwork,
            $"'{type.Text ?? "Classic"}' is no longer supported (a file without a class means Classic): move the API to a network load "
                + $"balancer with kOps 1.36, or, if it has one, set class to Network"
        );
        AwsRules.SecurityGroups(balancer["additionalSecurityGroups"]);
        var groupOverride = balancer["securityGroupOverride"];
        groupOverride.FailIf(
            groupOverride.IsSet && groupOverride.Text?.StartsWith("sg-", StringComparison.Ordinal) != true,
            "must be a security group, such as sg-0123456789abcdef0"
        );
        balancer["useForInternalApi"]
            .FailIf(
                balancer["useForInternalApi"].IsTrue && isNetwork && balancer["type"].Text == "Internal",
                "cannot be used with an internal network load balancer, which does not let a node reach itself"
            );
        balancer["sslCertificate"].FailIf(balancer["sslCertificate"].Text is not null && !isNetwork, "needs class Network");
        balancer["sslPolicy"].FailIf(balancer["sslPolicy"].IsSet && !isNetwork, "needs class Network");
        balancer["sslPolicy"].FailIf(balancer["sslPolicy"].IsSet && balancer["sslCertificate"].Text is null, "needs sslCertificate");
        foreach (var subnet in balancer["subnets"].Items)
            BalancerSubnet(cluster, balancer, subnet);
    }

    private static void BalancerSubnet(ClusterContext cluster, Field balancer, Field subnet)
    {
        var isInternal = balancer["type"].Text == "Internal";
        var isNetwork = balancer["class"].Text == "Network";
        var own = cluster.Spec["subnets"].Items.FirstOrDefault(each => each["name"].Text == subnet["name"].Text);
        if (subnet["name"].Require("name one of spec.subnets"))
            subnet["name"].FailIf(own is null, $"'{subnet["name"].Text}' is none of spec.subnets");
        if (subnet["privateIPv4Address"] is { IsSet: true } address)
        {
            var parsed = Cidr.Address(address.Text ?? string.Empty);
            address.FailIf(
                parsed?.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork,
                $"'{address.Text}' is not an IPv4 address"
            );
            address.FailIf(
                parsed is not null && Cidr.Find(own?["cidr"].Text) is { } range && !range.Contains(parsed),
                $"'{address.Text}' does not lie within the subnet"
            );
            address.FailIf(!isNetwork || !isInternal, "is for internal network load balancers: remove it");
        }

        if (subnet["allocationId"] is { IsSet: true } allocation)
        {
            allocation.Require("name an elastic IP, such as eipalloc-0123456789abcdef0, or remove it");
            allocation.FailIf(!isNetwork || isInternal, "is for public network load balancers: remove it");
        }
    }
}
