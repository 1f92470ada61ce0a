using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Identity;
using Kops.Resources.Aws.Machines;
using Kops.Resources.Values;

namespace Kops.Resources.Aws;

/// <summary>What a cluster on AWS tells to those who build on it.</summary>
internal static class AwsOutputs
{
    // How many bits of the IPv6 range are fixed, once it is known.
    private const string IPv6Length =
        "local.vpc_ipv6_cidr_block == \"\" ? null : tonumber(regex(\".*/(\\\\d+)\", local.vpc_ipv6_cidr_block)[0])";

    public static IEnumerable<Output> Build(AwsCluster cluster, IReadOnlyList<Resource> resources)
    {
        yield return new("cluster_name", new TextValue(cluster.Name));
        yield return new("region", new TextValue(cluster.Region));
        yield return new("vpc_id", cluster.Vpc());
        yield return new("vpc_cidr_block", cluster.Vpc("cidr_block"));
        yield return new("vpc_ipv6_cidr_block", cluster.Vpc("ipv6_cidr_block"));
        yield return new("vpc_ipv6_cidr_length", new Expression(IPv6Length));
        foreach (var output in Subnets(cluster).Concat(Machines(cluster)).Concat(Identities(cluster)))
            yield return output;
        foreach (var table in resources.Where(resource => resource.Kind == AwsKinds.RouteTable))
        {
            var role = ((TextValue)((MapValue)table.Attributes["tags"]).Entries["kubernetes.io/kops/role"]).Text;
            yield return new($"route_table_{role}_id", table.Ref());
        }
    }

    private static IEnumerable<Output> Subnets(AwsCluster cluster)
    {
        foreach (var subnet in cluster.Spec.Subnets)
            yield return new($"subnet_{subnet.Name}_id", cluster.Subnet(subnet.Name!));
        var shared = cluster.Spec.Subnets.Where(subnet => subnet.Id is { Length: > 0 }).ToList();
        if (shared.Count > 0)
            yield return new("subnet_ids", Value.Set(shared.Select(subnet => cluster.Subnet(subnet.Name!))));
    }

    private static IEnumerable<Output> Machines(AwsCluster cluster)
    {
        foreach (var role in cluster.CloudGroups.GroupBy(group => group.Role))
        {
            var name = Roles.Tags(role.Key)[0];
            yield return new(
                $"{name}_autoscaling_group_ids",
                Value.Set(role.Select(group => AwsKinds.AutoscalingGroup.Of(group.FullName)))
            );
            yield return new(
                $"{name}_security_group_ids",
                Value.Set(role.SelectMany(group => LaunchTemplateBuilder.SecurityGroupsOf(cluster, group)))
            );
            if (role.Key == MachineRole.Node)
                yield return new(
                    $"{name}_subnet_ids",
                    Value.Set(role.SelectMany(group => group.Subnets).Select(subnet => cluster.Subnet(subnet.Name!)))
                );
        }
    }

    private static IEnumerable<Output> Identities(AwsCluster cluster)
    {
        var machines = RoleBuilder.ManagedRoles(cluster).Select(role => (Key: Roles.Plural(role), Name: AwsGroup.RoleName(cluster, role)));
        var accounts = ServiceAccounts.Of(cluster).Select(account => (account.Key, Name: account.RoleName(cluster)));
        foreach (var (key, name) in machines.Concat(accounts))
        {
            yield return new($"{key}_role_arn", AwsKinds.Role.Of(name, "arn"));
            yield return new($"{key}_role_name", AwsKinds.Role.Of(name, "name"));
        }

        if (cluster.Spec.ServiceAccountIssuerDiscovery?.EnableAWSOIDCProvider != true)
            yield break;
        yield return new("iam_openid_connect_provider_arn", AwsKinds.OidcProvider.Of(cluster.Name, "arn"));
        yield return new("iam_openid_connect_provider_issuer", new TextValue(RoleBuilder.IssuerName(cluster)));
    }
}
