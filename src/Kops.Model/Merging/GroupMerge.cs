using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>Merging of the flags that speak of all groups of a role.</summary>
internal static class GroupMerge
{
    /// <summary>Fields that a flag sets and nothing depends on.</summary>
    public static void PlainFields(MergeTarget target, ClusterFlags flags)
    {
        foreach (var group in target.Groups)
            GroupFlags.Apply(flags, group);
    }

    // --image is for all groups whose own flag is not given.
    public static void Images(MergeTarget target, ClusterFlags flags)
    {
        foreach (var group in target.Groups)
            group.Spec.Image = flags.Image;
    }

    public static void Image(MergeTarget target, MachineRole role, string? image)
    {
        foreach (var group in target.OfRole(role))
            group.Spec.Image = image;
    }

    public static void Sizes(MergeTarget target, MachineRole role, IReadOnlyList<string> sizes)
    {
        if (sizes.Count == 0)
            return;
        var cloud = CloudProfiles.Find(target.CloudName)!;
        var mixes = cloud.MixesMachineTypes;
        foreach (var group in target.OfRole(role))
        {
            WarnOfArchitecture(target, cloud, group, sizes[0]);
            group.Spec.MachineType = sizes[0];
            if (sizes.Count > 1 && mixes)
                group.Spec.EnsureMixedInstancesPolicy().Instances.Set(sizes);
            else
                RemoveMix(group);
        }
    }

    /// <summary>
    /// Deals a number of machines to the groups, in the order of the cluster's subnets; groups that hold that number already are left
    /// alone.
    /// </summary>
    public static void Count(MergeTarget target, MachineRole role, int count)
    {
        // Zero asks for nothing, as when a cluster is made.
        InstanceGroup[] groups = [.. target.OfRole(role).OrderBy(group => Rank(target, group))];
        if (count == 0 || groups.Length == 0)
            return;
        if (
            groups.Sum(group => group.Spec.MinSize ?? 0) == count
            && groups.Sum(group => group.Spec.MaxSize ?? group.Spec.MinSize ?? 0) == count
        )
            return;
        for (var i = 0; i < groups.Length; i++)
        {
            var share = NewCluster.Groups.Share(count, groups.Length, i);
            groups[i].Spec.MinSize = share;
            // Karpenter's groups have no upper end.
            if (groups[i].Spec.Manager != "Karpenter")
                groups[i].Spec.MaxSize = share;
        }
    }

    // The image stays as it is, and boots on one architecture alone.
    private static void WarnOfArchitecture(MergeTarget target, CloudProfile cloud, InstanceGroup group, string size)
    {
        var (before, after) = (
            ProviderFacts.None.ArchitectureOf(cloud, group.Spec.MachineType),
            ProviderFacts.None.ArchitectureOf(cloud, size)
        );
        if (before != after && group.Spec.MachineType is { } old)
            target.Warnings.Add(
                $"{size} is {after}, {old} was {before}: the image of instance group '{group.Metadata.Name}' must be for {after} too; "
                    + $"set it with --image or one of its kind"
            );
    }

    // A list of types would go before the one type that was asked for.
    private static void RemoveMix(InstanceGroup group)
    {
        if (group.Spec.MixedInstancesPolicy is not { } policy)
            return;
        policy.Instances.Clear();
        if (policy.Node.Count == 0)
            group.Spec.MixedInstancesPolicy = null;
    }

    private static int Rank(MergeTarget target, InstanceGroup group)
    {
        var first = group.Spec.Subnets.FirstOrDefault();
        var rank = target.Spec.Subnets.ToList().FindIndex(subnet => subnet.Name == first);
        return rank < 0 ? int.MaxValue : rank;
    }
}
