using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>The kinds of resources on Azure.</summary>
internal static class AzureKinds
{
    public static readonly ResourceKind Balancer = new("azurerm_lb");
    public static readonly ResourceKind BalancerPool = new("azurerm_lb_backend_address_pool");
    public static readonly ResourceKind BalancerProbe = new("azurerm_lb_probe") { Shape = Shape.Detail };
    public static readonly ResourceKind BalancerRule = new("azurerm_lb_rule") { Shape = Shape.Detail };
    public static readonly ResourceKind Disk = new("azurerm_managed_disk");
    public static readonly ResourceKind Nat = new("azurerm_nat_gateway") { Phase = Phase.Network };
    public static readonly ResourceKind NatAddress = new("azurerm_nat_gateway_public_ip_association")
    {
        Phase = Phase.Network,
        Shape = Shape.Link,
    };
    public static readonly ResourceKind Network = new("azurerm_virtual_network") { Phase = Phase.Network };
    public static readonly ResourceKind PublicAddress = new("azurerm_public_ip") { Phase = Phase.Network };
    public static readonly ResourceKind ResourceGroup = new("azurerm_resource_group") { Phase = Phase.Network };
    public static readonly ResourceKind RoleAssignment = new("azurerm_role_assignment") { Shape = Shape.Detail };
    public static readonly ResourceKind RouteTable = new("azurerm_route_table") { Phase = Phase.Network };
    public static readonly ResourceKind ScaleSet = new("azurerm_linux_virtual_machine_scale_set");
    public static readonly ResourceKind SecurityGroup = new("azurerm_network_security_group") { Phase = Phase.Security };
    public static readonly ResourceKind Subnet = new("azurerm_subnet") { Phase = Phase.Network };
    public static readonly ResourceKind SubnetNat = new("azurerm_subnet_nat_gateway_association")
    {
        Phase = Phase.Network,
        Shape = Shape.Link,
    };
    public static readonly ResourceKind SubnetRoutes = new("azurerm_subnet_route_table_association")
    {
        Phase = Phase.Network,
        Shape = Shape.Link,
    };
    public static readonly ResourceKind SubnetSecurityGroup = new("azurerm_subnet_network_security_group_association")
    {
        Phase = Phase.Security,
        Shape = Shape.Link,
    };

    /// <summary>The machines of a role, as rules of the firewall name them.</summary>
    public static readonly ResourceKind Machines = new("azurerm_application_security_group") { Phase = Phase.Security };
}
