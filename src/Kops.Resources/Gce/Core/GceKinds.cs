using Kops.Resources.Values;

namespace Kops.Resources.Gce.Core;

/// <summary>The kinds of resources on Google Cloud.</summary>
internal static class GceKinds
{
    public static readonly ResourceKind Address = new("google_compute_address");
    public static readonly ResourceKind BackendService = new("google_compute_region_backend_service");
    public static readonly ResourceKind Disk = new("google_compute_disk");
    public static readonly ResourceKind Firewall = new("google_compute_firewall") { Phase = Phase.Security, Shape = Shape.Detail };
    public static readonly ResourceKind ForwardingRule = new("google_compute_forwarding_rule");
    public static readonly ResourceKind GroupManager = new("google_compute_instance_group_manager");
    public static readonly ResourceKind HealthCheck = new("google_compute_region_health_check");
    public static readonly ResourceKind HttpHealthCheck = new("google_compute_http_health_check");
    public static readonly ResourceKind IamBinding = new("google_project_iam_binding") { Phase = Phase.Security, Shape = Shape.Detail };
    public static readonly ResourceKind Network = new("google_compute_network") { Phase = Phase.Network };
    public static readonly ResourceKind Router = new("google_compute_router") { Phase = Phase.Network };
    public static readonly ResourceKind RouterNat = new("google_compute_router_nat") { Phase = Phase.Network };
    public static readonly ResourceKind ServiceAccount = new("google_service_account") { Phase = Phase.Security };
    public static readonly ResourceKind Subnetwork = new("google_compute_subnetwork") { Phase = Phase.Network };
    public static readonly ResourceKind TargetPool = new("google_compute_target_pool");
    public static readonly ResourceKind Template = new("google_compute_instance_template");
}
