using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The options of Calico.</summary>
internal static class CalicoRules
{
    public static void Check(ClusterContext cluster, Field calico)
    {
        calico["awsSrcDstCheck"].OneOf("Enable", "Disable", "DoNothing");
        calico["awsSrcDstCheck"]
            .FailIf(
                cluster.IsIPv6Only && calico["awsSrcDstCheck"].Text is not (null or "DoNothing"),
                "must be DoNothing in an IPv6 cluster"
            );
        calico["bpfExternalServiceMode"].OneOf("Tunnel", "DSR");
        calico["bpfLogLevel"].OneOf("Off", "Info", "Debug");
        calico["chainInsertMode"].OneOf("insert", "append");
        calico["iptablesBackend"].OneOf("Auto", "Legacy", "NFT");
        calico["typhaReplicas"].FailIf(calico["typhaReplicas"].Number < 0, "cannot be negative");
        calico["wireguardEnabled"]
            .FailIf(calico["wireguardEnabled"].IsTrue && cluster.IsIPv6Only, "is not supported in IPv6 clusters: remove it");
        Encapsulation(cluster, calico);
        Detection(calico["ipv4AutoDetectionMethod"], AddressFamily.InterNetwork);
        Detection(calico["ipv6AutoDetectionMethod"], AddressFamily.InterNetworkV6);
    }

    private static void Encapsulation(ClusterContext cluster, Field calico)
    {
        var mode = calico["encapsulationMode"];
        mode.OneOf("ipip", "vxlan", "none");
        mode.FailIf(mode.Text is not (null or "none") && cluster.IsIPv6Only, "must be none in an IPv6 cluster");
        mode.FailIf(mode.Text == "none" && !cluster.IsIPv6Only, "'none' is for IPv6 clusters: use ipip or vxlan");
        foreach (var (name, wanted) in new[] { ("ipipMode", "ipip"), ("vxlanMode", "vxlan") })
        {
            calico[name].OneOf("Always", "CrossSubnet", "Never");
            calico[name]
                .FailIf(
                    calico[name].Text is not (null or "Never") && mode.Text is { } other && other != wanted,
                    $"needs encapsulationMode {wanted}"
                );
        }
    }

    private static void Detection(Field method, AddressFamily family)
    {
        if (method.Text?.Split('=') is not { } parts)
            return;
        var isFit = parts switch
        {
            ["first-found"] => true,
            ["can-reach", var address] => Cidr.Address(address)?.AddressFamily == family,
            ["interface" or "skip-interface", var names] => names.Split(',').All(IsPattern),
            _ => false,
        };
        method.FailIf(
            !isFit,
            $"'{method.Text}' is not a method of finding an address: use first-found, can-reach=ADDRESS, interface=NAME,... or "
                + $"skip-interface=NAME,..."
        );
    }

    private static bool IsPattern(string name)
    {
        try
        {
            return name.Trim() is { Length: > 0 } pattern && new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)) is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
