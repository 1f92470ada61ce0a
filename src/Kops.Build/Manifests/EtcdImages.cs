using Kops.Api;
using Kops.Build.Input;

namespace Kops.Build.Manifests;

/// <summary>The images of etcd that etcd-manager is given: one for each minor version, or the one that the cluster names.</summary>
internal static class EtcdImages
{
    public static IReadOnlyList<EtcdImage> Of(BuildContext context, EtcdClusterSpec etcd)
    {
        if (etcd.Image is { Length: > 0 } own)
        {
            var version = etcd.Version ?? throw new FormatException($"spec.etcdClusters: '{etcd.Name}' has an image, but no version");
            return [new(version, context.Image(own), [version])];
        }

        return
        [
            .. EtcdVersions.Newest.Select(version => new EtcdImage(
                version,
                context.Image(EtcdVersions.Image(version)),
                [.. EtcdVersions.UpTo(version)]
            )),
        ];
    }
}
