using Kops.Api;
using Kops.Api.Clouds;

namespace Kops.Model.Clouds;

/// <summary>
/// Whether machines can boot their image: a machine of one architecture does not start with an image for another (kOps:
/// awsValidateInstanceTypeAndImage). The image's architecture is read from its name, which tells it on most clouds.
/// </summary>
public static class MachineArchitectures
{
    private static readonly (string Word, string Architecture)[] Words =
    [
        ("amd64", "amd64"),
        ("x86_64", "amd64"),
        ("x86-64", "amd64"),
        ("arm64", "arm64"),
        ("aarch64", "arm64"),
    ];

    /// <summary>Whether a group names an image that tells its architecture, and a machine type.</summary>
    public static bool CanDiffer(InstanceGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return OfImage(group.Spec.Image) is not null && MachineTypes(group).Any();
    }

    /// <summary>The machine types that cannot boot their group's image.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="facts">What is known of machine types whose names do not tell.</param>
    public static IReadOnlyList<Problem> Check(Cluster cluster, IReadOnlyList<InstanceGroup> groups, CloudFacts facts)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(facts);
        if (CloudProfiles.Find(cluster.Spec.CloudProvider) is not { KnowsArchitectures: true } cloud)
            return [];
        var known = facts.Of(cloud.Name);
        return
        [
            .. from @group in groups
            let image = OfImage(@group.Spec.Image)
            where image is not null
            from machine in MachineTypes(@group)
            let own = known.ArchitectureOf(cloud, machine.Name)
            where own != image
            select new Problem(
                machine.Path,
                $"'{machine.Name}' is an {own} machine, and spec.image is for {image}: choose an image or a machine type that fits"
            )
            {
                Subject = $"InstanceGroup {@group.Metadata.Name}",
            },
        ];
    }

    private static string? OfImage(string? image) =>
        image is null ? null : Words.FirstOrDefault(word => image.Contains(word.Word, StringComparison.OrdinalIgnoreCase)).Architecture;

    private static IEnumerable<(string Path, string Name)> MachineTypes(InstanceGroup group)
    {
        foreach (var type in (group.Spec.MachineType ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
            yield return ("spec.machineType", type.Trim());
        if (group.Spec.MixedInstancesPolicy is { } policy)
            foreach (var (index, type) in policy.Instances.Index())
                yield return ($"spec.mixedInstancesPolicy.instances[{index}]", type);
    }
}
