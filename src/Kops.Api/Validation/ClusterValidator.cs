namespace Kops.Api.Validation;

/// <summary>
/// Checks clusters and instance groups by the rules of kOps (<c>ValidateCluster</c>, <c>ValidateInstanceGroup</c>,
/// <c>CrossValidateInstanceGroup</c>, <c>ValidateClusterUpdate</c>), all of them at once: each problem comes with its object, its path
/// and, for an object that was read from a text, its place there. Nothing is asked of a cloud.
/// </summary>
public static class ClusterValidator
{
    private static readonly Action<ClusterContext>[] ClusterRules =
    [
        NameRules.Cluster,
        VersionRules.Check,
        CloudRules.Check,
        AccessRules.Check,
        NetworkRules.Check,
        SubnetRules.Check,
        TopologyRules.Check,
        NetworkingRules.Check,
        EtcdRules.Check,
        DnsRules.Check,
        ComponentRules.Check,
        AddonRules.Check,
        IamRules.Check,
        StoreRules.Check,
        HostRules.Cluster,
    ];

    private static readonly Action<GroupContext>[] GroupRuleList = [NameRules.Group, GroupRules.Check, HostRules.Group, AwsRules.Group];

    /// <summary>Checks a cluster by itself, as it is stored.</summary>
    public static IReadOnlyList<Problem> Validate(Cluster cluster, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var problems = new List<Problem>();
        Run(new ClusterContext(cluster, problems, options ?? ValidationOptions.Default));
        return problems;
    }

    /// <summary>Checks an instance group, with its cluster where that is known.</summary>
    public static IReadOnlyList<Problem> Validate(InstanceGroup group, Cluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        var problems = new List<Problem>();
        Run(new GroupContext(group, cluster is null ? null : new ClusterContext(cluster, [], ValidationOptions.Default), problems));
        return problems;
    }

    /// <summary>Checks a cluster with all its instance groups, as it must be to be applied.</summary>
    public static IReadOnlyList<Problem> Validate(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        var problems = new List<Problem>();
        var whole = new ClusterContext(cluster, problems, options ?? ValidationOptions.Default);
        GroupContext[] all = [.. groups.Select(group => new GroupContext(group, whole, problems))];
        Run(whole);
        if (!whole.Options.AllowUnfinishedControlPlane)
            EtcdRules.Members(whole, all);
        whole.Root.FailIf(!all.Any(group => group.IsControlPlane), "has no instance group with the role Master: add one");
        whole.Root.FailIf(!all.Any(group => group.IsNode), "has no instance group with the role Node: add one");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in all)
        {
            Run(group);
            group.Root["metadata"]["name"].FailIf(!names.Add(group.Name), $"another instance group is called '{group.Name}' already");
        }

        return problems;
    }

    /// <summary>Checks what an edit changed; it does not check the new cluster itself.</summary>
    /// <param name="before">The cluster as it was.</param>
    /// <param name="after">The cluster as it is to be.</param>
    /// <param name="isApplied">Whether the cluster's etcd runs already: its members' volumes are fixed then.</param>
    public static IReadOnlyList<Problem> ValidateUpdate(Cluster before, Cluster after, bool isApplied)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var problems = new List<Problem>();
        UpdateRules.Check(
            new ClusterContext(before, [], ValidationOptions.Default),
            new ClusterContext(after, problems, ValidationOptions.Default),
            isApplied
        );
        return problems;
    }

    private static void Run(ClusterContext cluster)
    {
        foreach (var rule in ClusterRules)
            rule(cluster);
    }

    private static void Run(GroupContext group)
    {
        foreach (var rule in GroupRuleList)
            rule(group);
    }
}
