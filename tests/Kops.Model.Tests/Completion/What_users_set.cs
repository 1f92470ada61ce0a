using System.Text;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Completion;

namespace Kops.Model.Tests.Completion;

/// <summary>The user's own settings win over every default, whichever field they are for.</summary>
public sealed class What_users_set
{
    // The fields whose value does not come back as it was set, beside those that are forced; all there are.
    private static readonly Dictionary<string, string> Changed = new()
    {
        ["spec.containerRuntime"] = "there is one alone, and kOps keeps the field in no completed spec",
        ["spec.cloudConfig.awsEBSCSIDriver.enabled"] = "the driver is always there, and kOps keeps the field in no completed spec",
        ["spec.egressProxy.excludes"] = "what must never go through a proxy is added",
    };

    private static readonly IReadOnlyList<Cluster> Bases = [.. CloudProfiles.All.Select(Base)];

    [Fact]
    public void Is_in_the_completed_spec_whichever_field_it_is()
    {
        var fields = SettableFields
            .Of("Cluster")
            .Select(field =>
                (Name: string.Join('.', field.Path), Given: field.Values.Select(value => Given(field.Path, value)), field.Path)
            )
            .Select(field => (field.Name, Given: field.Given.OfType<Cluster>().ToList(), field.Path))
            .Where(field => field.Given.Count > 0)
            .ToList();

        Assert.True(fields.Count > 1000, $"{fields.Count} fields could be set");
        Assert.All(
            fields.Where(field => !IsException(field.Name)),
            field =>
                Assert.All(
                    field.Given,
                    given =>
                        Assert.True(
                            Node.DeepEquals(
                                SettableFields.Get(given.Node, field.Path),
                                SettableFields.Get(Complete(given).Node, field.Path)
                            ),
                            field.Name
                        )
                )
        );
    }

    [Fact]
    public void Is_given_up_in_no_field_that_is_not_listed_with_its_reason() =>
        Assert.Equal(
            ForcedValues.All.Select(forced => forced.Path).Concat(Changed.Keys).Order(StringComparer.Ordinal),
            SettableFields
                .Of("Cluster")
                .Where(field =>
                    field.Values.Any(value =>
                        Given(field.Path, value) is { } given
                        && !Node.DeepEquals(
                            SettableFields.Get(given.Node, field.Path),
                            SettableFields.Get(Complete(given).Node, field.Path)
                        )
                    )
                )
                .Select(field => string.Join('.', field.Path))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Of_several_fields_is_kept_beside_the_defaults_of_the_others()
    {
        var spec = Complete(
            Clusters.Of(
                "aws",
                "spec.kubeControllerManager.leaderElection.leaderElectLeaseDuration=30s",
                "spec.kubeScheduler.leaderElection.leaderElectLeaseDuration=40s",
                "spec.containerd.runc.packages.urlAmd64=https://a.example.com/runc"
            )
        ).Spec;

        Assert.Equal(
            (true, "30s", null, "40s", "2.3.4", "1.4.3"),
            (
                spec.KubeControllerManager?.LeaderElection?.LeaderElect,
                spec.KubeControllerManager?.LeaderElection?.LeaderElectLeaseDuration,
                spec.KubeScheduler?.LeaderElection?.LeaderElect,
                spec.KubeScheduler?.LeaderElection?.LeaderElectLeaseDuration,
                spec.Containerd?.Version,
                spec.Containerd?.Runc?.Version
            )
        );
    }

    [Fact]
    public void In_one_item_of_a_list_leaves_the_defaults_of_that_item()
    {
        var cluster = Clusters.Of("aws");
        cluster.Spec.EtcdClusters[1].EnsureBackups().BackupStore = "s3://backups/events";

        var completed = Complete(cluster).Spec.EtcdClusters;

        Assert.Equal(["3.6.12", "3.6.12"], completed.Select(etcd => etcd.Version));
        Assert.Equal(
            ["s3://state/demo.example.com/backups/etcd/main", "s3://backups/events"],
            completed.Select(etcd => etcd.Backups?.BackupStore)
        );
    }

    [Fact]
    public void Of_external_DNS_stands_alone()
    {
        Cluster Public(params string[] sets) => Clusters.With("aws", new() { Dns = "public" }, sets);

        var spec = Complete(Public("spec.externalDns.watchIngress=true")).Spec.ExternalDns;

        Assert.Equal((true, null), (spec?.WatchIngress, spec?.Provider));
        Assert.Equal("dns-controller", Complete(Public()).Spec.ExternalDns?.Provider);
    }

    [Fact]
    public void And_nobody_knows_stays_out_of_the_completed_spec()
    {
        var cluster = Clusters.Of("aws");
        cluster.Spec.Node["flavour"] = ScalarNode.Of("vanilla");
        cluster.Spec.EtcdClusters[0].EtcdMembers[0].Node["flavour"] = ScalarNode.Of("vanilla");

        var completed = Encoding.UTF8.GetString(KopsCodec.Encode(Complete(cluster)));

        Assert.DoesNotContain("flavour", completed, StringComparison.Ordinal);
        Assert.True(cluster.Spec.Node.Has("flavour"));
    }

    private static bool IsException(string field) => Changed.ContainsKey(field) || ForcedValues.All.Any(forced => forced.Path == field);

    // A cluster in which the field is set, as it is read from a user's file, on the first cloud that has the field; null where none has.
    private static Cluster? Given(string[] path, Node value)
    {
        foreach (var given in Bases)
        {
            var root = (MappingNode)given.Node.Clone();
            SettableFields.Set(root, path, value.Clone());
            try
            {
                var document = KopsCodec.Decode(Encoding.UTF8.GetBytes(YamlWriter.Write(root)), "cluster.yaml").Single();
                if (document.DroppedFields.Count == 0 && SettableFields.Get(document.Object!.Node, path) is not null)
                    return (Cluster)document.Object!;
            }
            catch (InvalidObjectException)
            {
                // A setting of another cloud.
            }
        }

        return null;
    }

    private static Cluster Base(CloudProfile cloud) => Clusters.With(cloud.Name, new() { Networking = "calico" });

    private static Cluster Complete(Cluster cluster) => ClusterCompleter.Complete(new(cluster, [], TestFacts.Aws));
}
