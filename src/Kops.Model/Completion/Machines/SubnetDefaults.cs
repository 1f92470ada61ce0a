using Kops.Api.Clouds;
using Kops.Model.Clouds;

namespace Kops.Model.Completion.Machines;

/// <summary>Where machines run when their group does not say.</summary>
internal static class SubnetDefaults
{
    public static void Apply(GroupContext context)
    {
        if (context.Spec.Subnets.Count > 0)
            return;
        var found = context.Role switch
        {
            MachineRole.ControlPlane => [],
            // API servers are reached over IPv4 too.
            MachineRole.ApiServer when context.Cluster.NonMasqueradeCIDR == "::/0" => Others(context, "Private", "Utility"),
            _ => Others(context, "DualStack", "Utility") is { Count: > 0 } plain ? plain : Others(context, "Utility"),
        };
        if (found.Count == 0)
            throw new FormatException($"instance group '{context.Name}': name the subnets that its machines run in, in spec.subnets");
        context.Spec.Subnets.Set(found);
    }

    private static List<string> Others(GroupContext context, params string[] except) =>
        [.. context.Cluster.Subnets.Where(subnet => !except.Contains(subnet.Type)).Select(subnet => subnet.Name).OfType<string>()];
}
