using Kops.Model.NewCluster;
using Kops.Model.Updates;

namespace Kops.Model.Tests.Updates;

public sealed class An_update_knows_what_to_make
{
    // kOps: pkg/model/pki.go, and etcd-manager's for each etcd cluster.
    [Theory]
    [InlineData(
        "cni",
        null,
        "apiserver-aggregator-ca etcd-clients-ca etcd-manager-ca-events etcd-manager-ca-main etcd-peers-ca-events etcd-peers-ca-main "
            + "kubernetes-ca service-account"
    )]
    [InlineData(
        "cni",
        "main",
        "apiserver-aggregator-ca etcd-clients-ca etcd-manager-ca-main etcd-peers-ca-main kubernetes-ca service-account"
    )]
    [InlineData(
        "cilium-etcd",
        null,
        "apiserver-aggregator-ca etcd-clients-ca etcd-clients-ca-cilium etcd-manager-ca-cilium etcd-manager-ca-events "
            + "etcd-manager-ca-main etcd-peers-ca-cilium etcd-peers-ca-events etcd-peers-ca-main kubernetes-ca service-account"
    )]
    public void Each_etcd_cluster_has_keysets_of_its_own(string networking, string? etcd, string keysets)
    {
        var cluster = Plans
            .Plan(
                new()
                {
                    Zones = ["us-test-1a"],
                    Networking = networking,
                    EtcdClusters = etcd?.Split(','),
                }
            )
            .Cluster;

        Assert.Equal(keysets, string.Join(' ', ClusterKeys.KeysetsOf(cluster)));
    }

    [Fact]
    public void There_are_nine_tokens() => Assert.Equal(9, ClusterKeys.Tokens.Distinct().Count());

    [Theory]
    [InlineData("1.36.0", false)]
    [InlineData("1.37.0-alpha.1", false)]
    [InlineData("1.37.0-alpha.1\n", false)]
    [InlineData("1.37.0-alpha.2", true)]
    [InlineData("1.37.0", true)]
    [InlineData("1.38.0-beta.1", true)]
    [InlineData("2.0.0", true)]
    public void Going_back_behind_the_kOps_that_updated_last_is_a_downgrade(string lastUsed, bool isOne) =>
        Assert.Equal(isOne, KopsDowngrade.IsOne(lastUsed));

    [Theory]
    [InlineData("1.36.0", true)]
    [InlineData("1.37.0-alpha.1", false)]
    [InlineData("1.38.0", false)]
    public void Going_on_from_an_older_kOps_is_a_rise(string lastUsed, bool isRise) => Assert.Equal(isRise, KopsDowngrade.IsRise(lastUsed));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("v1.37.0")]
    [InlineData("1.37")]
    public void What_is_no_version_is_said_and_not_taken_for_an_old_one(string lastUsed) =>
        Assert.Throws<FormatException>(() => KopsDowngrade.IsOne(lastUsed));
}
