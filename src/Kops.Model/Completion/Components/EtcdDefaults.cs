using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>etcd: its version, and where its backups lie.</summary>
internal static class EtcdDefaults
{
    private const string ImageVolumes = "ImageVolume";

    public static void Apply(CompletionContext context)
    {
        var root = context.Spec.ConfigBase?.TrimEnd('/');
        foreach (var etcd in context.Spec.EtcdClusters)
        {
            etcd.Version ??= ComponentVersions.Etcd(context.Kubernetes);
            if (root is not null)
                etcd.EnsureBackups().BackupStore ??= $"{root}/backups/etcd/{etcd.Name}";
        }

        // etcd's versions come as files of images that are mounted; Kubernetes does that by itself from 1.36 on.
        var kubelet = context.Spec.EnsureMasterKubelet();
        if (!context.Kubernetes.IsAtLeast(36) && !kubelet.FeatureGates.ContainsKey(ImageVolumes))
            kubelet.FeatureGates[ImageVolumes] = "true";
    }
}
