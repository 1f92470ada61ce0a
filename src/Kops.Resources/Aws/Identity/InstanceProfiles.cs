using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Identity;

/// <summary>How machines get their role: the cluster's for their kind, or one that the user names.</summary>
internal static class InstanceProfiles
{
    public static Reference Ref(AwsCluster cluster, AwsGroup group) =>
        AwsKinds.InstanceProfile.Of(group.Spec.Iam?.Profile is { Length: > 0 } arn ? NameOf(arn) : AwsGroup.RoleName(cluster, group.Role));

    /// <summary>Those that the user brought along.</summary>
    public static IEnumerable<Resource> Shared(AwsCluster cluster) =>
        cluster
            .Groups.Select(group => group.Spec.Iam?.Profile)
            .Where(arn => arn is { Length: > 0 })
            .Select(arn => NameOf(arn!))
            .Distinct()
            .Select(name => Resource.Shared(AwsKinds.InstanceProfile, name, name));

    private static string NameOf(string arn)
    {
        var name = arn[(arn.LastIndexOf('/') + 1)..];
        return arn.Contains(":instance-profile/", StringComparison.Ordinal) && name.Length > 0
            ? name
            : throw new FormatException(
                $"iam.profile: '{arn}' is not an instance profile; write arn:aws:iam::ACCOUNT:instance-profile/NAME"
            );
    }
}
