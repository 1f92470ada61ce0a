using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>The kinds of resources on Scaleway.</summary>
internal static class ScalewayKinds
{
    public static readonly ResourceKind Address = new("scaleway_instance_ip") { Shape = Shape.Detail };
    public static readonly ResourceKind Backend = new("scaleway_lb_backend") { Shape = Shape.Link, Task = "LBBackend" };
    public static readonly ResourceKind Balancer = new("scaleway_lb") { Task = "LoadBalancer" };
    public static readonly ResourceKind BalancerAddress = new("scaleway_lb_ip") { Shape = Shape.Detail };
    public static readonly ResourceKind DnsRecord = new("scaleway_domain_record") { Shape = Shape.Detail, Task = "DNSRecord" };
    public static readonly ResourceKind Frontend = new("scaleway_lb_frontend") { Shape = Shape.Detail, Task = "LBFrontend" };
    public static readonly ResourceKind Server = new("scaleway_instance_server") { Task = "Instance" };
    public static readonly ResourceKind SshKey = new("scaleway_iam_ssh_key") { Phase = Phase.Security, Task = "SSHKey" };
    public static readonly ResourceKind Volume = new("scaleway_instance_volume") { Task = "Volume" };
}
