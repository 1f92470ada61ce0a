using System.Text;
using Kops.Api;

namespace Kops.Build.Manifests;

/// <summary>What etcd-manager shall bring an etcd to: it reads it from where the backups lie.</summary>
internal static class EtcdTarget
{
    public static byte[] Of(EtcdClusterSpec etcd) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
              "memberCount": {{etcd.EtcdMembers.Count}},
              "etcdVersion": "{{etcd.Version}}"
            }
            """
        );
}
