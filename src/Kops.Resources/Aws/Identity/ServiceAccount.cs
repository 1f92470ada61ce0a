using Kops.Model.Completion.Context;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Identity;

/// <summary>A service account of Kubernetes that has a role on AWS.</summary>
/// <param name="Namespace">Its namespace, which may hold a <c>*</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record ServiceAccount(string Namespace, string Name)
{
    private const int LongestRoleName = 64;

    /// <summary>What it may do.</summary>
    public PolicyDocument Policy { get; init; } = new();

    /// <summary>Policies that are there already.</summary>
    public IReadOnlyList<string> ExternalPolicies { get; init; } = [];

    /// <summary>What it is called in outputs.</summary>
    public string Key => Wildcard($"{Namespace}-{Name}").ToLowerInvariant();

    public string RoleName(AwsCluster cluster) => ShortNames.Shorten(Wildcard($"{Name}.{Namespace}.sa.{cluster.Name}"), LongestRoleName);

    public static string Wildcard(string text) => text.Replace("*", "wildcard", StringComparison.Ordinal);
}
