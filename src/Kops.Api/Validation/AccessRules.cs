namespace Kops.Api.Validation;

/// <summary>Who may reach the API, the nodes by SSH, and node ports.</summary>
internal static class AccessRules
{
    private static readonly string[] Lists = ["sshAccess", "kubernetesApiAccess", "nodePortAccess"];

    public static void Check(ClusterContext cluster)
    {
        foreach (var range in Lists.SelectMany(name => cluster.Spec[name].Items))
        {
            // A managed prefix list stands for many ranges.
            if (range.Text?.StartsWith("pl-", StringComparison.Ordinal) != true)
                Cidr.Check(range);
            else
                range.FailIf(!cluster.IsAws, "prefix lists are only supported on AWS: name address ranges, such as 10.0.0.0/8");
        }
    }
}
