using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Model.Tests.Completion;

/// <summary>What users set of an instance group wins over every default and over the cluster, whichever field it is.</summary>
public sealed class What_users_set_of_a_group
{
    // The fields whose value does not come back as it was set; all there are.
    private static readonly Dictionary<string, string> Changed = new(StringComparer.Ordinal);

    private static readonly Cluster Completed = ClusterCompleter.Complete(
        new(
            Clusters.Of("aws", "spec.kubelet.maxPods=5", "spec.kubelet.evictionHard=memory.available<1Mi", "spec.containerd.version=2.0.5"),
            [],
            TestFacts.Aws
        )
    );

    [Fact]
    public void Is_in_the_completed_group_but_for_what_is_listed_with_its_reason()
    {
        var fields = SettableFields
            .Of("InstanceGroup")
            .SelectMany(field => field.Values, (field, value) => (field.Path, Given: Given(field.Path, value)))
            .Where(field => field.Given is not null)
            .ToList();

        var lost = fields
            .Where(field =>
                !Node.DeepEquals(
                    SettableFields.Get(field.Given!.Node, field.Path),
                    SettableFields.Get(Complete(field.Given).Node, field.Path)
                )
            )
            .Select(field => string.Join('.', field.Path))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.True(fields.Count > 200, $"{fields.Count} fields could be set");
        Assert.Equal(Changed.Keys.Order(StringComparer.Ordinal), lost);
    }

    private static InstanceGroup Complete(InstanceGroup group) =>
        GroupCompleter.Complete(new(Completed, group, ChannelSnapshots.Find("stable")!, TestFacts.Aws, FeatureFlags.Parse(null)));

    // A group in which the field is set, as it is read from a user's file; null where it cannot have the value.
    private static InstanceGroup? Given(string[] path, Node value)
    {
        // There is no other subnet.
        if (path is ["spec", "subnets", ..])
            value = ScalarNode.Of("us-test-1a");
        var group = new InstanceGroup();
        group.Metadata.Name = "nodes";
        group.Spec.Role = "Node";
        group.Spec.Subnets.Set(["us-test-1a"]);
        var root = (MappingNode)group.Node.Clone();
        SettableFields.Set(root, path, value.Clone());
        try
        {
            var document = KopsCodec.Decode(Encoding.UTF8.GetBytes(YamlWriter.Write(root)), "group.yaml").Single();
            return document.DroppedFields.Count == 0 && SettableFields.Get(document.Object!.Node, path) is not null
                ? (InstanceGroup)document.Object!
                : null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }
}
