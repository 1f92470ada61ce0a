using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Firewall;

/// <summary>A security group that rules are about.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Suffix">What tells rules about it from those about the group that its role usually has: nothing for that one.</param>
internal sealed record SecurityGroup(string Name, string Suffix = "")
{
    public Reference Ref() => AwsKinds.SecurityGroup.Of(Name);
}
