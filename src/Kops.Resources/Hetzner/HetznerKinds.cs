using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>The kinds of resources on Hetzner Cloud.</summary>
internal static class HetznerKinds
{
    public static readonly ResourceKind Balancer = new("hcloud_load_balancer");
    public static readonly ResourceKind BalancerNetwork = new("hcloud_load_balancer_network") { Shape = Shape.Link };
    public static readonly ResourceKind BalancerService = new("hcloud_load_balancer_service") { Shape = Shape.Detail };
    public static readonly ResourceKind BalancerTarget = new("hcloud_load_balancer_target") { Shape = Shape.Link };
    public static readonly ResourceKind Firewall = new("hcloud_firewall") { Phase = Phase.Security };
    public static readonly ResourceKind Network = new("hcloud_network") { Phase = Phase.Network };
    public static readonly ResourceKind Server = new("hcloud_server");
    public static readonly ResourceKind SshKey = new("hcloud_ssh_key") { Phase = Phase.Security };
    public static readonly ResourceKind Subnet = new("hcloud_network_subnet") { Phase = Phase.Network };
    public static readonly ResourceKind Volume = new("hcloud_volume");
}
