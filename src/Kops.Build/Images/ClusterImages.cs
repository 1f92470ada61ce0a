using Kops.Api.Documents;
using Kops.Build.Addons;
using Kops.Build.Assets;
using Kops.Build.Input;
using Kops.Build.Manifests;

namespace Kops.Build.Images;

/// <summary>The container images that a cluster pulls, each from where it is pulled.</summary>
internal static class ClusterImages
{
    public static IEnumerable<string> Of(BuildContext context)
    {
        var spec = context.Spec;
        string?[] components =
        [
            spec.KubeAPIServer?.Image,
            spec.KubeControllerManager?.Image,
            spec.KubeScheduler?.Image,
            spec.KubeProxy?.Image,
            spec.Containerd?.SandboxImage,
        ];
        return components
            .OfType<string>()
            .Concat(new[] { "channels", HealthcheckManifest.Key }.Select(name => context.Image(KopsRelease.Image(context, name))))
            .Concat(spec.EtcdClusters.SelectMany(etcd => EtcdManifest.Images(context, etcd)))
            .Concat(AddonBodies.Images(context.Request.Addons.Values))
            .Distinct();
    }
}
