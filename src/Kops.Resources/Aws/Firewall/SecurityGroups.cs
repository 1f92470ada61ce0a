using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Firewall;

/// <summary>The security groups: one for each role, the user's where an instance group names one, and those of load balancers.</summary>
internal static class SecurityGroups
{
    /// <summary>The groups that the machines of a role are in.</summary>
    public static IReadOnlyList<SecurityGroup> Of(AwsCluster cluster, MachineRole role)
    {
        var overrides = cluster
            .CloudGroups.Where(group => group.Role == role)
            .Select(group => group.Spec.SecurityGroupOverride)
            .Distinct()
            .ToList();
        return
        [
            .. overrides.OfType<string>().Select(id => Override(id, role)),
            .. overrides.Contains(null) ? [Default(cluster, role)] : Array.Empty<SecurityGroup>(),
        ];
    }

    /// <summary>The group that the machines of an instance group are in.</summary>
    public static SecurityGroup Of(AwsCluster cluster, AwsGroup group) =>
        group.Spec.SecurityGroupOverride is { Length: > 0 } id ? Override(id, group.Role) : Default(cluster, group.Role);

    /// <summary>The group of a load balancer.</summary>
    public static SecurityGroup OfBalancer(AwsCluster cluster, string prefix) => new($"{prefix}-elb.{cluster.Name}");

    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        foreach (var role in Enum.GetValues<MachineRole>())
        foreach (var group in Of(cluster, role))
        {
            // API servers share the control plane's.
            if (role == MachineRole.ApiServer && group.Suffix.Length == 0)
                continue;
            yield return group.Suffix.Length > 0
                ? Resource.Shared(AwsKinds.SecurityGroup, group.Name, group.Suffix[1..])
                : Owned(cluster, group, Description(role));
        }
    }

    public static Resource Owned(AwsCluster cluster, SecurityGroup group, string what) =>
        new(
            AwsKinds.SecurityGroup,
            group.Name,
            new()
            {
                ["description"] = $"Security group for {what}",
                ["name"] = group.Name,
                ["tags"] = cluster.TagMap(group.Name),
                ["vpc_id"] = cluster.Vpc(),
            }
        );

    private static string Description(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => "masters",
            MachineRole.Bastion => "bastion",
            _ => "nodes",
        };

    private static SecurityGroup Default(AwsCluster cluster, MachineRole role) =>
        new($"{(role == MachineRole.ApiServer ? "masters" : Description(role))}.{cluster.Name}");

    private static SecurityGroup Override(string id, MachineRole role) => new($"{id}-{NodeRoles.Field(role)}", "-" + id);
}
