using System.Net;

namespace Kops.Api.Validation;

/// <summary>The ranges of the cluster's network, its pods and its services.</summary>
internal static class NetworkRules
{
    public static void Check(ClusterContext cluster)
    {
        Networks(cluster);
        NonMasquerade(cluster);
        var pods = cluster.Spec["podCIDR"];
        if (Cidr.Check(pods) is { } range && Cidr.Find(cluster.Spec["nonMasqueradeCIDR"].Text) is { } outer)
            pods.FailIf(!Cidr.IsWithin(range, outer), $"'{pods.Text}' must lie within spec.nonMasqueradeCIDR, {outer}");
        Cidr.Check(cluster.Spec["serviceClusterIPRange"]);
    }

    private static void Networks(ClusterContext cluster)
    {
        var (main, more, cloud) = (cluster.Spec["networkCIDR"], cluster.Spec["additionalNetworkCIDRs"], cluster.Cloud);
        if (cloud.ForbidsNetworkCidr)
        {
            main.Forbid($"is not supported on {cloud.Name}: remove it");
        }
        else
        {
            // The range of a network that exists already is the network's own.
            if (cloud.NeedsNetworkCidr && cluster.Spec["networkID"].Text is null)
                main.Require("name the network's range, such as 172.20.0.0/16");
            Cidr.Check(main);
        }

        if (cloud.NeedsPrivateNetworkCidr && main.IsSet)
        {
            main.FailIf(cluster.Spec["networkID"].IsSet, $"cannot be set together with spec.networkID on {cloud.Name}: remove one of them");
            main.FailIf(
                Cidr.Find(main.Text) is { } range && !Private.Any(each => Cidr.IsWithin(range, each)),
                "must be a private range, such as 10.0.0.0/16"
            );
        }

        more.FailIf(more.Count > 0 && !cloud.AllowsMoreNetworkCidrs, $"is not supported on {cloud.Name}: remove it");
        foreach (var range in more.Items)
            Cidr.Check(range);
    }

    // RFC 1918.
    private static IPNetwork[] Private { get; } =
    [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];

    private static void NonMasquerade(ClusterContext cluster)
    {
        var (field, networking) = (cluster.Spec["nonMasqueradeCIDR"], cluster.Spec["networking"]);
        if (field.Text is null)
        {
            if (cluster.Cloud.NeedsNonMasqueradeCidr)
                field.Require("name the range of pods and services, such as 100.64.0.0/10, or ::/0 for IPv6");
            return;
        }

        if (Cidr.Check(field) is not { } range)
            return;
        if (field.Text.Contains(':', StringComparison.Ordinal))
        {
            field.FailIf(field.Text != "::/0", "must be ::/0 in an IPv6 cluster");
            return;
        }

        // Pods have addresses of the network itself with these two.
        if (networking["amazonvpc"].IsSet || networking["cilium"]["ipam"].Text == "eni")
            return;
        foreach (var network in cluster.NetworkCidrs.Where(network => Cidr.Overlap(range, network)))
            field.Fail($"'{field.Text}' overlaps the cluster's network {network}: choose another range, such as 100.64.0.0/10");
    }
}
