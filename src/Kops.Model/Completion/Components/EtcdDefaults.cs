using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>etcd: its version, and for how long backups are kept.</summary>
internal static class EtcdDefaults
{
    public static void Apply(CompletionContext context)
    {
        foreach (var etcd in context.Spec.EtcdClusters)
            etcd.Version ??= ComponentVersions.Etcd(context.Kubernetes);
    }
}
