using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Components;

/// <summary>Where keys, secrets and backups lie: below the cluster's configBase.</summary>
internal static class PathDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.ConfigBase?.TrimEnd('/') is not { } root)
            return;
        context.Spec.KeyStore ??= root + "/pki";
        context.Spec.SecretStore ??= root + "/secrets";
        foreach (var etcd in context.Spec.EtcdClusters)
            etcd.EnsureBackups().BackupStore ??= $"{root}/backups/etcd/{etcd.Name}";
    }
}
