using Kops.Resources.Values;

namespace Kops.Resources.Aws.Core;

/// <summary>The kinds of resources on AWS.</summary>
internal static class AwsKinds
{
    public static readonly ResourceKind AutoscalingGroup = new("aws_autoscaling_group") { Task = "AutoscalingGroup" };
    public static readonly ResourceKind Balancer = new("aws_lb") { Task = "NetworkLoadBalancer" };
    public static readonly ResourceKind DhcpOptions = new("aws_vpc_dhcp_options") { Phase = Phase.Network, Task = "DHCPOptions" };
    public static readonly ResourceKind DhcpOptionsAssociation = new("aws_vpc_dhcp_options_association")
    {
        Phase = Phase.Network,
        Task = "VPCDHCPOptionsAssociation",
        Shape = Shape.Link,
    };
    public static readonly ResourceKind DnsRecord = new("aws_route53_record") { Task = "DNSName", Shape = Shape.Detail };
    public static readonly ResourceKind EgressOnlyGateway = new("aws_egress_only_internet_gateway")
    {
        Phase = Phase.Network,
        Task = "EgressOnlyInternetGateway",
    };
    public static readonly ResourceKind ElasticIp = new("aws_eip") { Phase = Phase.Network, Task = "ElasticIP" };
    public static readonly ResourceKind EventRule = new("aws_cloudwatch_event_rule") { Task = "EventBridgeRule", Shape = Shape.Detail };
    public static readonly ResourceKind EventTarget = new("aws_cloudwatch_event_target")
    {
        Task = "EventBridgeTarget",
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind InstanceProfile = new("aws_iam_instance_profile")
    {
        Phase = Phase.Security,
        Task = "IAMInstanceProfile",
    };
    public static readonly ResourceKind InternetGateway = new("aws_internet_gateway") { Phase = Phase.Network, Task = "InternetGateway" };
    public static readonly ResourceKind KeyPair = new("aws_key_pair") { Phase = Phase.Security, Task = "SSHKey" };
    public static readonly ResourceKind LaunchTemplate = new("aws_launch_template") { Task = "LaunchTemplate" };
    public static readonly ResourceKind LifecycleHook = new("aws_autoscaling_lifecycle_hook")
    {
        Task = "AutoscalingLifecycleHook",
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind Listener = new("aws_lb_listener") { Task = "NetworkLoadBalancerListener", Shape = Shape.Detail };
    public static readonly ResourceKind NatGateway = new("aws_nat_gateway") { Phase = Phase.Network, Task = "NatGateway" };
    public static readonly ResourceKind OidcProvider = new("aws_iam_openid_connect_provider")
    {
        Phase = Phase.Security,
        Task = "IAMOIDCProvider",
    };
    public static readonly ResourceKind Queue = new("aws_sqs_queue") { Task = "SQS" };
    public static readonly ResourceKind Role = new("aws_iam_role") { Phase = Phase.Security, Task = "IAMRole" };
    public static readonly ResourceKind RolePolicy = new("aws_iam_role_policy")
    {
        Phase = Phase.Security,
        Task = "IAMRolePolicy",
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind RolePolicyAttachment = new("aws_iam_role_policy_attachment")
    {
        Phase = Phase.Security,
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind Route = new("aws_route")
    {
        Phase = Phase.Network,
        Task = "Route",
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind RouteTable = new("aws_route_table") { Phase = Phase.Network, Task = "RouteTable" };
    public static readonly ResourceKind RouteTableAssociation = new("aws_route_table_association")
    {
        Phase = Phase.Network,
        Task = "RouteTableAssociation",
        Shape = Shape.Link,
    };
    public static readonly ResourceKind SecurityGroup = new("aws_security_group") { Phase = Phase.Security, Task = "SecurityGroup" };
    public static readonly ResourceKind SecurityGroupRule = new("aws_security_group_rule")
    {
        Phase = Phase.Security,
        Task = "SecurityGroupRule",
        Shape = Shape.Detail,
    };
    public static readonly ResourceKind Subnet = new("aws_subnet") { Phase = Phase.Network, Task = "Subnet" };
    public static readonly ResourceKind TargetGroup = new("aws_lb_target_group") { Task = "TargetGroup" };
    public static readonly ResourceKind Volume = new("aws_ebs_volume") { Task = "EBSVolume" };
    public static readonly ResourceKind Vpc = new("aws_vpc")
    {
        IsLookedUp = true,
        Phase = Phase.Network,
        Task = "VPC",
    };
    public static readonly ResourceKind VpcRange = new("aws_vpc_ipv4_cidr_block_association")
    {
        Phase = Phase.Network,
        Task = "VPCCIDRBlock",
    };
    public static readonly ResourceKind ZoneAssociation = new("aws_route53_zone_association") { Task = "DNSZone" };
}
