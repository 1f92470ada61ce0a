using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Assets;

/// <summary>The program by which a kubelet signs in to the registry of its cloud.</summary>
internal static class CredentialProvider
{
    public static IEnumerable<NodeAsset> Of(BuildContext context, string architecture)
    {
        var own = Tree.TextAt(context.CloudSpec, "binariesLocation")?.TrimEnd('/');
        return context.Cloud.Name switch
        {
            "aws" =>
            [
                new($"{own ?? AssetVersions.AwsCredentialProvider}/linux/{architecture}/ecr-credential-provider-linux-{architecture}"),
            ],
            "gce" => [new($"{own ?? AssetVersions.GceCredentialProvider}/linux/{architecture}/auth-provider-gcp")],
            _ => [],
        };
    }
}
