using System.Text;
using Kops.Resources.Files;

namespace Kops.Resources.Tests;

/// <summary>How the files that an update writes are called as resources, and which are none.</summary>
public sealed class Managed_files_have_names
{
    private const string Root = "s3://state/c.example.com/";

    [Theory]
    [InlineData("cluster-completed.spec", "cluster-completed.spec")]
    [InlineData("kops-version.txt", "kops-version.txt")]
    [InlineData("manifests/etcd/main-nodes.yaml", "manifests-etcdmanager-main-nodes")]
    [InlineData("manifests/channels/kops-channels.yaml", "manifests-channels-kops-channels")]
    [InlineData("manifests/static/kube-apiserver-healthcheck.yaml", "manifests-static-kube-apiserver-healthcheck")]
    [InlineData("igconfig/node/nodes/nodeupconfig.yaml", "nodeupconfig-nodes")]
    [InlineData("igconfig/node/nodes/nodeupscript.sh", "nodeupscript-nodes")]
    [InlineData("addons/a.addons.k8s.io/k8s-1.12.yaml", "c.example.com-addons-a.addons.k8s.io-k8s-1.12")]
    [InlineData("addons/b.addons.k8s.io/v1.yaml", "c.example.com-addons-b.addons.k8s.io")]
    [InlineData("addons/unknown/v1.yaml", null)]
    [InlineData("config", null)]
    [InlineData("instancegroup/nodes", null)]
    [InlineData("pki/private/ca/keyset.yaml", null)]
    [InlineData("secrets/admin", null)]
    public void By_what_they_are(string path, string? name)
    {
        var files = Files(Root + path);

        Assert.Equal(
            name is null ? [] : [name],
            ManagedFiles.Named(AwsCases.Cluster(), files).Where(file => file.Address == Root + path).Select(file => file.Name)
        );
    }

    [Fact]
    public void Wherever_backups_and_discovery_lie()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.EtcdClusters[0].EnsureBackups().BackupStore = "s3://backups/c/main";
        cluster.Spec.EnsureServiceAccountIssuerDiscovery().DiscoveryStore = "s3://disc/c";

        var named = ManagedFiles.Named(
            cluster,
            Files(
                "s3://backups/c/main/control/etcd-cluster-spec",
                "s3://disc/c/.well-known/openid-configuration",
                "s3://disc/c/openid/v1/jwks"
            )
        );

        Assert.Equal(
            ["etcd-cluster-spec-main", "discovery.json", "keys.json", "c.example.com-addons-bootstrap"],
            named.Select(file => file.Name)
        );
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(params string[] addresses)
    {
        const string Channel = """
            kind: Addons
            spec:
              addons:
              - id: k8s-1.12
                manifest: a.addons.k8s.io/k8s-1.12.yaml
                name: a.addons.k8s.io
              - manifest: b.addons.k8s.io/v1.yaml
                name: b.addons.k8s.io
            """;
        var files = addresses.ToDictionary(address => address, _ => ReadOnlyMemory<byte>.Empty);
        files[Root + "addons/bootstrap-channel.yaml"] = Encoding.UTF8.GetBytes(Channel);
        return files;
    }
}
