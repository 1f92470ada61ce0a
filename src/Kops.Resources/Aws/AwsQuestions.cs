using System.Text.RegularExpressions;
using Kops.Model.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Requests;

namespace Kops.Resources.Aws;

/// <summary>What the resources of a cluster on AWS follow from, and AWS alone knows.</summary>
internal static partial class AwsQuestions
{
    public static CloudQuestions Of(ResourceRequest request)
    {
        var (cluster, facts) = (new AwsCluster(request), request.Facts);
        var groups = cluster.CloudGroups.ToList();
        return new("aws", cluster.Region)
        {
            Images =
            [
                .. groups.Select(group => group.Spec.Image).OfType<string>().Distinct().Where(name => !facts.Images.ContainsKey(name)),
            ],
            MachineTypes =
            [
                .. groups
                    .Select(group => group.MachineType)
                    .OfType<string>()
                    .Distinct()
                    .Where(type => !facts.Machines.ContainsKey(type) && !HasNoDisks().IsMatch(type)),
            ],
            Gateways =
                cluster.IsVpcShared
                && !facts.Gateways.ContainsKey(cluster.Spec.NetworkID!)
                && cluster.Spec.Subnets.Any(subnet => subnet.Egress != "External")
                    ? [cluster.Spec.NetworkID!]
                    : [],
            AsksForAccount = facts.Project is null && (cluster.HasTerminationQueue || cluster.UsesServiceAccountRoles),
        };
    }

    // Of the families without disks of their own, those that are common: no letter d behind the generation.
    [GeneratedRegex("^(a1|t\\d|[mcr]([4-9]|\\d\\d))[a-ce-z-]*\\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HasNoDisks();
}
