using Kops.Resources.Values;

namespace Kops.Resources.Aws.Core;

/// <summary>The kinds of resources on AWS.</summary>
internal static class AwsKinds
{
    public static readonly ResourceKind AutoscalingGroup = new("aws_autoscaling_group");
    public static readonly ResourceKind Balancer = new("aws_lb");
    public static readonly ResourceKind DhcpOptions = new("aws_vpc_dhcp_options");
    public static readonly ResourceKind DhcpOptionsAssociation = new("aws_vpc_dhcp_options_association");
    public static readonly ResourceKind DnsRecord = new("aws_route53_record");
    public static readonly ResourceKind EgressOnlyGateway = new("aws_egress_only_internet_gateway");
    public static readonly ResourceKind ElasticIp = new("aws_eip");
    public static readonly ResourceKind EventRule = new("aws_cloudwatch_event_rule");
    public static readonly ResourceKind EventTarget = new("aws_cloudwatch_event_target");
    public static readonly ResourceKind InstanceProfile = new("aws_iam_instance_profile");
    public static readonly ResourceKind InternetGateway = new("aws_internet_gateway");
    public static readonly ResourceKind KeyPair = new("aws_key_pair");
    public static readonly ResourceKind LaunchTemplate = new("aws_launch_template");
    public static readonly ResourceKind LifecycleHook = new("aws_autoscaling_lifecycle_hook");
    public static readonly ResourceKind Listener = new("aws_lb_listener");
    public static readonly ResourceKind NatGateway = new("aws_nat_gateway");
    public static readonly ResourceKind OidcProvider = new("aws_iam_openid_connect_provider");
    public static readonly ResourceKind Queue = new("aws_sqs_queue");
    public static readonly ResourceKind Role = new("aws_iam_role");
    public static readonly ResourceKind RolePolicy = new("aws_iam_role_policy");
    public static readonly ResourceKind RolePolicyAttachment = new("aws_iam_role_policy_attachment");
    public static readonly ResourceKind Route = new("aws_route");
    public static readonly ResourceKind RouteTable = new("aws_route_table");
    public static readonly ResourceKind RouteTableAssociation = new("aws_route_table_association");
    public static readonly ResourceKind SecurityGroup = new("aws_security_group");
    public static readonly ResourceKind SecurityGroupRule = new("aws_security_group_rule");
    public static readonly ResourceKind Subnet = new("aws_subnet");
    public static readonly ResourceKind TargetGroup = new("aws_lb_target_group");
    public static readonly ResourceKind Volume = new("aws_ebs_volume");
    public static readonly ResourceKind Vpc = new("aws_vpc") { IsLookedUp = true };
    public static readonly ResourceKind VpcRange = new("aws_vpc_ipv4_cidr_block_association");
    public static readonly ResourceKind ZoneAssociation = new("aws_route53_zone_association");
}
