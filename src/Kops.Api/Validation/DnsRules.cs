namespace Kops.Api.Validation;

/// <summary>DNS inside the cluster, and the controllers that write DNS records.</summary>
internal static class DnsRules
{
    public static void Check(ClusterContext cluster)
    {
        var dns = cluster.Spec["kubeDNS"];
        if (dns["serverIP"] is { Text: { } text } own)
        {
            var address = Cidr.Address(text);
            own.FailIf(address is null, $"'{text}' is not an IP address");
            own.FailIf(
                address is not null && cluster.ServiceCidr is { } range && !range.Contains(address),
                $"'{text}' must lie within spec.serviceClusterIPRange, {cluster.ServiceCidr}"
            );
        }

        foreach (var server in dns["upstreamNameservers"].Items)
            Nameserver(server);
        if (dns["stubDomains"].Node is Documents.MappingNode)
        {
            foreach (var (domain, servers) in dns["stubDomains"].Entries)
            {
                servers.FailIf(servers.Count == 0, $"name at least one nameserver for {domain}");
                foreach (var server in servers.Items)
                    Nameserver(server);
            }
        }

        var local = dns["nodeLocalDNS"];
        if (local["enabled"].IsTrue)
        {
            dns["provider"].FailIf(dns["provider"].Text is not (null or "CoreDNS"), "must be CoreDNS when nodeLocalDNS is enabled");
            if (local["localIP"].Text is not null)
                Nameserver(local["localIP"]);
        }

        ExternalDns(cluster);
    }

    private static void ExternalDns(ClusterContext cluster)
    {
        var external = cluster.Spec["externalDns"];
        external["provider"].OneOf("dns-controller", "external-dns", "none");
        external["provider"]
            .FailIf(
                external["provider"].Text == "external-dns" && (cluster.UsesGossip || cluster.UsesNoneDns),
                "external-dns needs DNS records: set spec.topology.dns.type to Public or Private"
            );
        external["watchNamespace"]
            .FailIf(external["watchNamespace"].Text is not (null or "kube-system"), "must be kube-system, or absent for all namespaces");
    }

    private static void Nameserver(Field server) =>
        server.FailIf(Cidr.Address(server.Text ?? string.Empty) is null, $"'{server.Text}' is not an IP address");
}
