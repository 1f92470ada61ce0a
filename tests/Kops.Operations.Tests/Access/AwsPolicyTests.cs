using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Operations.Access;
using Kops.Operations.Access.Policies;

namespace Kops.Operations.Tests.Access;

public sealed class AwsPolicyTests
{
    private const string Role = "arn:aws:iam::123456789012:role/ci";
    private static readonly AccessPlace s_store = AccessPlace.Of("s3://state/team");
    private static readonly StatePlan s_cluster = new(s_store, "demo.example.com")
    {
        Backups = [s_store.Below("demo.example.com/backups")],
    };

    [Fact]
    public void Who_reads_may_write_nothing()
    {
        var actions = Statements(AccessMode.Read, s_cluster).SelectMany(statement => Texts(statement["Action"])).ToList();

        Assert.Equal(["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"], actions.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Who_changes_one_cluster_writes_its_directory_and_its_records()
    {
        var written = Statements(AccessMode.Write, s_cluster)
            .Where(statement => Texts(statement["Action"]).Contains("s3:PutObject"))
            .SelectMany(statement => Texts(statement["Resource"]));

        Assert.Equal(
            [
                "arn:aws:s3:::state/team/demo.example.com/*",
                "arn:aws:s3:::state/team/.kops/pending/demo.example.com.json",
                "arn:aws:s3:::state/team/.kops/history/demo.example.com/*",
                "arn:aws:s3:::state/team/.kops/objects/demo.example.com/*",
                "arn:aws:s3:::state/team/.kops/moves/demo.example.com.json",
                "arn:aws:s3:::state/team/.kops/applied/demo.example.com/*",
                "arn:aws:s3:::state/team/.kops/check/*",
            ],
            written
        );
    }

    [Fact]
    public void A_control_plane_writes_backups_alone()
    {
        var written = Statements(AccessMode.Node, s_cluster)
            .Where(statement => Texts(statement["Action"]).Contains("s3:PutObject"))
            .SelectMany(statement => Texts(statement["Resource"]));

        Assert.Equal(["arn:aws:s3:::state/team/demo.example.com/backups/*"], written);
    }

    [Fact]
    public void Parts_in_another_bucket_have_a_policy_of_their_own()
    {
        var plan = s_cluster with { Parts = [AccessPlace.Of("s3://generated/demo"), AccessPlace.Of("s3://generated/demo/pki")] };

        var policies = AwsPolicy.Write(new(AccessGrant.For(AccessMode.Write, plan), [Role]));

        Assert.Equal(["identity", "bucket/generated", "bucket/state"], policies.Keys);
        var changed = Statements(policies["bucket/generated"]).Single(statement => Text(statement["Sid"]) == "ChangeCluster");
        Assert.Equal(["arn:aws:s3:::generated/demo/*"], Texts(changed["Resource"]));
        Assert.Equal([Role], Texts(((MappingNode)changed["Principal"]!)["AWS"]));
    }

    [Fact]
    public void All_of_a_store_is_one_statement()
    {
        var plan = new StatePlan(AccessPlace.Of("s3://state"), null);

        Assert.Equal(
            ["arn:aws:s3:::state/*"],
            Statements(AccessMode.Write, plan)
                .Where(statement => Text(statement["Sid"])!.Contains("Change", StringComparison.Ordinal))
                .SelectMany(statement => Texts(statement["Resource"]))
        );
        Assert.DoesNotContain(Statements(AccessMode.Write, plan), statement => Text(statement["Sid"]) == "WriteRecords");
    }

    [Fact]
    public void Characters_that_mean_something_in_a_policy_stand_for_themselves() =>
        Assert.Contains(
            "arn:aws:s3:::state/a${*}b${$}/*",
            Statements(AccessMode.Read, new(AccessPlace.Of("s3://state/a*b$"), null)).SelectMany(statement => Texts(statement["Resource"]))
        );

    [Fact]
    public void A_key_is_used_as_much_as_the_files_are()
    {
        const string Key = "arn:aws:kms:us-east-1:123456789012:key/0a1b";
        var read = AwsPolicy.Write(new(AccessGrant.For(AccessMode.Read, s_cluster), [Role]) { Key = Key });
        var write = AwsPolicy.Write(new(AccessGrant.For(AccessMode.Write, s_cluster), [Role]) { Key = Key });

        Assert.Equal(["kms:Decrypt"], Texts(((MappingNode)read["key"])["Action"]));
        Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey"], Texts(Statements(write["identity"])[^1]["Action"]));
        Assert.Equal([Key], Texts(Statements(write["identity"])[^1]["Resource"]));
    }

    [Theory]
    [InlineData("arn:aws-cn:iam::123456789012:root", "arn:aws-cn:s3:::state")]
    [InlineData("arn:aws-us-gov:iam::123456789012:user/a/b", "arn:aws-us-gov:s3:::state")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/ci/job", "arn:aws:s3:::state")]
    [InlineData("arn:aws:iam:::user/other", "arn:aws:s3:::state")]
    public void Buckets_are_in_the_partition_of_who_gets_in(string principal, string bucket) =>
        Assert.Contains(
            bucket,
            Statements(AwsPolicy.Write(new(AccessGrant.For(AccessMode.Read, s_cluster), [principal]))["identity"])
                .SelectMany(statement => Texts(statement["Resource"]))
        );

    [Theory]
    [InlineData("*")]
    [InlineData("ci")]
    [InlineData("arn:aws:iam::12345:root")]
    [InlineData("arn:aws:iam::123456789012:role/*")]
    [InlineData("arn:aws:s3:::state")]
    [InlineData("arn:aws:iam::123456789012:root\n")]
    public void Who_cannot_be_named_so_is_refused(string principal) =>
        Assert.Contains(
            "--principal",
            Assert
                .Throws<InvalidFlagException>(() => AwsPolicy.Write(new(AccessGrant.For(AccessMode.Read, s_cluster), [principal])))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Two_partitions_are_refused() =>
        Assert.Contains(
            "aws-cn",
            Assert.Throws<InvalidFlagException>(() => AwsPolicy.Write(new([], [Role, "arn:aws-cn:iam::123456789012:root"]))).Message,
            StringComparison.Ordinal
        );

    private static List<MappingNode> Statements(AccessMode mode, StatePlan plan) =>
        Statements(AwsPolicy.Write(new(AccessGrant.For(mode, plan), []))["identity"]);

    private static List<MappingNode> Statements(Node policy) =>
        [.. ((SequenceNode)((MappingNode)policy)["Statement"]!).OfType<MappingNode>()];

    private static IEnumerable<string> Texts(Node? list) => ((SequenceNode)list!).Select(item => Text(item)!);

    private static string? Text(Node? node) => (node as ScalarNode)?.Text;
}
